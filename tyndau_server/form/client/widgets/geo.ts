/** A position by the phone: a point, or a line and an area of points that one walks to.
 *
 * Stored as the form says: latitude, longitude, altitude and accuracy in metres, points apart by
 * semicolons. Where the phone gives none (no permission, no satellites) it says what to do; a
 * point can be written by hand too.
 */

import type { AnyInputNode } from "@getodk/xforms-engine";
import { button, fill, h } from "../dom.ts";
import { _ } from "../words.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";
import { put } from "./written.ts";

// A position that is better than this need not be waited for; in metres, Collect's default.
const GOOD = 5;
const LONGEST = 20_000;
const POINT = /^\s*(-?\d+(?:[.,]\d+)?)[\s,;]+(-?\d+(?:[.,]\d+)?)\s*$/;

export function geo(node: AnyInputNode, around: Surroundings): Widget {
  const isLine = node.valueType !== "geopoint";
  const shown = h("div", { class: "shown-place", role: "status" });
  let stop = (): void => undefined;
  const points = () => {
    const value = node.currentState.instanceValue;
    return value ? value.split(";").map((one) => one.trim()) : [];
  };
  // A line of one point is none; it waits here for the second.
  let begun: string[] = points();
  const give = (point: string) => {
    begun = isLine ? [...begun, point] : [point];
    around.answer(() => put(node, joined(node, begun)));
    update();
  };
  const failed = (words: string) => {
    shown.textContent = words;
    around.say(words);
  };
  const locate = () => {
    shown.textContent = _("Looking for the position…");
    stop = watch(
      give,
      (accuracy) => {
        shown.textContent = _("Accuracy so far: {metres} m", {
          metres: Math.round(accuracy),
        });
      },
      failed,
    );
  };
  const clear = () => {
    begun = [];
    around.answer(() => put(node, ""));
    update();
  };
  const hand = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    placeholder: "42.900000 71.360000",
    "aria-label": _("Latitude and longitude"),
  });
  hand.addEventListener("change", () => {
    const found = POINT.exec(hand.value);
    if (found) {
      give(`${found[1]?.replace(",", ".")} ${found[2]?.replace(",", ".")} 0 0`);
      hand.value = "";
    } else if (hand.value.trim()) {
      failed(_("Write latitude and longitude in degrees, with a space between."));
    }
  });
  const take = button("", locate, { name: "place", className: "wide" });
  const remove = button(_("Clear"), clear, { name: "bin", className: "quiet" });
  const byHand = h("details", {}, h("summary", {}, _("Write it by hand")), hand);
  const update = () => {
    const value = isLine ? begun : points();
    if (!isLine) {
      begun = value;
    }
    fill(
      take,
      ...take.querySelectorAll("svg"),
      h("span", {}, isLine ? _("Add the point where I stand") : _("Take the position")),
    );
    const closed = around.readonly();
    take.hidden = closed;
    byHand.hidden = closed;
    remove.hidden = closed || value.length === 0;
    fill(shown, ...value.map((point) => h("span", { class: "point" }, said(point))));
  };
  update();
  const element = h(
    "div",
    { class: "geo", role: "group", ...described(around) },
    shown,
    take,
    byHand,
    remove,
  );
  return { element, update, focus: () => take.focus(), close: () => stop() };
}

function joined(node: AnyInputNode, points: readonly string[]): string {
  if (node.valueType === "geoshape") {
    return points.length < 3 ? "" : [...points, points[0]].join("; ");
  }
  return points.length < (node.valueType === "geotrace" ? 2 : 1) ? "" : points.join("; ");
}

function said(point: string): string {
  const [latitude = "", longitude = "", , accuracy = "0"] = point.split(" ");
  const place = `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`;
  return Number(accuracy) > 0 ? `${place} (±${Math.round(Number(accuracy))} ${_("m")})` : place;
}

/** Return where the phone is, for forms that note it by themselves; empty where it does not say. */
export function position(): Promise<string> {
  return new Promise((done) =>
    watch(
      done,
      () => undefined,
      () => done(""),
    ),
  );
}

/** Watch the position until it is good or time is up, then give the best; return how to stop. */
function watch(
  give: (point: string) => void,
  better: (accuracy: number) => void,
  failed: (words: string) => void,
): () => void {
  if (!("geolocation" in navigator)) {
    failed(_("This phone gives no position. Write it by hand or go on."));
    return () => undefined;
  }
  let best: GeolocationCoordinates | null = null;
  const end = () => {
    navigator.geolocation.clearWatch(watching);
    window.clearTimeout(timer);
  };
  const done = () => {
    end();
    if (best) {
      const { latitude, longitude, altitude, accuracy } = best;
      give(`${latitude} ${longitude} ${altitude ?? 0} ${accuracy}`);
    } else {
      failed(_("The position was not found. Go out from under the roof and try again, or go on."));
    }
  };
  const watching = navigator.geolocation.watchPosition(
    ({ coords }) => {
      best = best && best.accuracy <= coords.accuracy ? best : coords;
      better(best.accuracy);
      if (best.accuracy <= GOOD) {
        done();
      }
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) {
        end();
        failed(_("The phone does not allow the position. Allow it in the settings of this page."));
      }
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST },
  );
  const timer = window.setTimeout(done, LONGEST);
  return end;
}
