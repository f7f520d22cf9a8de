/** The screens at a point: which point, and its counter for one thumb.
 *
 * In: points, rules, a count. Out: elements; what is pressed is told to `Doings`. The counter is at
 * the bottom. Who has just counted must not press an outcome by the next tap: outcomes wait for half
 * a second.
 */

import type { Point, PointPlan, Said } from "../boot.ts";
import { type Count, isReached, tallyOf } from "../counting.ts";
import { button, type Child, fill, h, unique } from "../dom.ts";
import type { Outcome } from "../keep/reports.ts";
import { hasWords } from "../texts.ts";
import { _, language } from "../words.ts";

const WAIT = 500;
// More are not drawn at once.
const DRAWN = 60;

export function said(words: Said): string {
  return words[language()] ?? words["ru"] ?? "";
}

export interface Standing {
  readonly point: Point;
  readonly count: Count;
  readonly rules: readonly string[];
  /** Which parts are unfolded. */
  readonly unfolded: Readonly<Record<"rules" | "streets", boolean>>;
  /** Today by the phone's calendar. */
  readonly day: string;
  /** Whether there is a questionnaire to begin. */
  readonly asks: boolean;
}

export interface Doings {
  readonly pass: () => void;
  readonly address: (outcome: Outcome) => void;
  readonly passOver: () => void;
  readonly undo: () => void;
  readonly another: () => void;
}

/** Show the points to choose from: one's own, or all of the plan with a search. */
export function choosePoint(
  plans: readonly PointPlan[],
  choose: (plan: PointPlan, point: Point) => void,
): HTMLElement {
  const every = plans.flatMap((plan) => plan.points.map((point) => ({ plan, point })));
  const list = h("ul", { class: "plain" });
  const found = h("p", { class: "found", role: "status" });
  const search = h("input", {
    type: "search",
    autocomplete: "off",
    enterkeyhint: "search",
    placeholder: _("Find in the list"),
    "aria-label": _("Find in the list"),
    on: { input: () => update() },
  });
  const update = () => {
    const matching = every.filter(({ point }) => hasWords(wordsOf(point), search.value));
    found.textContent = _("Found: {count}", { count: matching.length });
    const rows = matching.slice(0, DRAWN).map(({ plan, point }) => {
      return h(
        "li",
        {},
        entry(point, () => choose(plan, point)),
      );
    });
    fill(list, ...rows);
  };
  update();
  const isLong = every.length > 8;
  return h(
    "main",
    { class: "page home" },
    h("h1", { class: "label", tabindex: -1 }, _("Which point?")),
    isLong ? h("div", { class: "seek" }, search, found) : null,
    every.length === 0 ? h("p", { class: "none" }, _("There are no points here.")) : null,
    list,
  );
}

function wordsOf(point: Point): string {
  return `${said(point.name)} ${said(point.territory)} ${point.code}`;
}

function entry(point: Point, press: () => void): HTMLElement {
  return h(
    "button",
    { type: "button", class: "big quiet", on: { click: press } },
    h("strong", {}, said(point.name)),
    h("span", { class: "muted" }, factsOf(point)),
    ...point.shifts.map((shift) => h("span", {}, shiftOf(shift))),
  );
}

function factsOf(point: Point): string {
  const kinds = {
    street: _("passers-by"),
    parking: _("car park"),
    dwelling: _("dwellings"),
  };
  const stands = point.substitute ? _("substitute for {point}", { point: point.substitute }) : "";
  return [said(point.territory), point.code, kinds[point.kind], stands].filter(Boolean).join(" · ");
}

export function shiftOf({ day, begins, ends, interviews }: Point["shifts"][number]): string {
  const date = day ? `${day.slice(8)}.${day.slice(5, 7)}` : "";
  const hours = begins ? `${begins}–${ends}` : "";
  const when = [date, hours].filter(Boolean).join(" ");
  return [when, _("interviews: {count}", { count: interviews })].filter(Boolean).join(" · ");
}

/** Show a point: its facts and rules, below them the counter. */
export function showPoint(standing: Standing, doings: Doings): HTMLElement[] {
  const { point, rules, unfolded } = standing;
  return [
    h(
      "main",
      { class: "page at-point" },
      h("h1", { class: "label", tabindex: -1 }, said(point.name)),
      h("p", { class: "muted" }, factsOf(point)),
      h("p", { class: "route" }, routeOf(point)),
      ...(point.shifts.length > 0
        ? point.shifts.map((one) => h("p", {}, shiftOf(one)))
        : [h("p", {}, _("interviews: {count}", { count: point.planned }))]),
      h("p", { class: "today" }, today(standing)),
      streetsOf(point, unfolded.streets),
      h(
        "details",
        { class: "of-rules", open: unfolded.rules },
        h("summary", {}, _("Rules at this point")),
        h("ol", { class: "rules" }, ...rules.map((rule) => h("li", {}, rule))),
      ),
      button(_("Another point"), doings.another, { name: "place", className: "quiet" }),
    ),
    counter(standing, doings),
  ];
}

/** Whether the dwellings to ring at were drawn beforehand. */
export function isListed({ streets }: Point): boolean {
  return streets?.some(({ doors }) => doors.length > 0) ?? false;
}

/** Show where to walk. Nothing can be ticked: at which door somebody answered is not kept. */
function streetsOf({ streets = [] }: Point, unfolded: boolean): HTMLElement | null {
  const count = streets.reduce((sum, { doors }) => sum + doors.length, 0);
  const title = count > 0 ? _("Streets and addresses: {count}", { count }) : _("Streets");
  return streets.length === 0
    ? null
    : h(
        "details",
        { class: "of-streets", open: unfolded },
        h("summary", {}, title),
        h(
          "ol",
          { class: "rules" },
          ...streets.map(({ name, doors }) =>
            h(
              "li",
              {},
              said(name),
              doors.length > 0 ? h("ul", { class: "doors plain" }, ...doorsOf(doors)) : null,
            ),
          ),
        ),
      );
}

function doorsOf(doors: readonly string[]): HTMLElement[] {
  return doors.map((door) => h("li", {}, door));
}

function routeOf(point: Point): string {
  const { kind, step, start, side } = point;
  if (isListed(point)) {
    return _("by the list of addresses");
  }
  const steps: Readonly<Record<string, string>> = {
    street3: _("3rd person"),
    street5: _("5th person"),
    parking3: _("3rd car"),
    parking5: _("5th car"),
    dwelling3: _("3rd door"),
    dwelling5: _("5th door"),
  };
  const values = { step: steps[`${kind}${step}`] ?? step, start };
  if (kind === "dwelling") {
    const turn = side === "right" ? _("right") : _("left");
    return side
      ? _("at every {step}, first no. {start}, turn {side}", { ...values, side: turn })
      : _("at every {step}, first no. {start}", values);
  }
  const from = side === "right" ? _("the right") : _("the left");
  if (!side) {
    return kind === "parking"
      ? _("at every {step}, first no. {start}", values)
      : _("every {step}, first no. {start}", values);
  }
  return kind === "parking"
    ? _("at every {step}, first no. {start}, from {side}", { ...values, side: from })
    : _("every {step}, first no. {start}, from {side}", { ...values, side: from });
}

function outcomes(kind: Point["kind"]): readonly (readonly [Outcome, string])[] {
  const every = [
    ["refused", _("Refused")],
    ["not_eligible", _("Not eligible")],
    ["interrupted", _("Broken off")],
    ["language", _("Language barrier")],
  ] as const;
  return kind === "dwelling" ? [...every, ["not_home", _("Not at home")] as const] : every;
}

function today({ point, count, day }: Standing): string {
  const tally = tallyOf(count, day);
  const names = [["interview", _("Interview")] as const, ...outcomes(point.kind)];
  const parts = names
    .filter(([outcome]) => outcome === "interview" || tally[outcome])
    .map(([outcome, name]) => `${name.toLowerCase()} ${tally[outcome] ?? 0}`);
  return _("Today here: {counts}", { counts: parts.join(" · ") });
}

function counter(standing: Standing, doings: Doings): HTMLElement {
  const { count } = standing;
  const isFound = isReached(count);
  const undo = button(_("Undo the last tap"), doings.undo, { name: "back", className: "quiet" });
  undo.disabled = count.before === null;
  // Only an interview leaves nobody counted and a contact to take back.
  const wasInterview = count.passed === 0 && Boolean(count.before?.uid);
  const over = button(_("No interview after all: the next one"), doings.passOver, {
    className: "quiet",
  });
  const below = h("div", { class: "row below" }, undo, wasInterview ? over : null);
  return h(
    "footer",
    { class: `counter ${isFound ? "reached" : ""}` },
    ...(isFound ? addressing(standing, doings) : passing(standing, doings)),
    below,
  );
}

function passing({ point, count }: Standing, doings: Doings): Child[] {
  const words = {
    street: _("A person passed"),
    parking: _("A car"),
    dwelling: _("A door"),
  };
  const whom = {
    street: _("Address person no. {count}", { count: count.target }),
    parking: _("Address people at car no. {count}", { count: count.target }),
    dwelling: _("Ring at door no. {count}", { count: count.target }),
  };
  return [
    h("p", { class: "whom", role: "status" }, whom[point.kind]),
    h(
      "button",
      { type: "button", class: "pass", on: { click: doings.pass } },
      h("strong", {}, _("{passed} of {target}", { passed: count.passed, target: count.target })),
      h("span", {}, `${words[point.kind]} +1`),
    ),
  ];
}

function addressing({ point, count, asks }: Standing, doings: Doings): Child[] {
  const dwelling = isListed(point) ? _("Ring at an address of the list") : _("Ring at this door");
  const words = count.isNext
    ? {
        street: _("Address the next one"),
        parking: _("Address people at the next car"),
        dwelling: _("Ring at the next door"),
      }
    : {
        street: _("Address this one"),
        parking: _("Address people at this car"),
        dwelling,
      };
  const id = unique("whom");
  const press = (outcome: Outcome, name: string, className: string) =>
    button(name, () => doings.address(outcome), {
      className,
      ...(outcome === "interview" ? { name: "tick" as const } : {}),
    });
  const buttons = [
    ...(asks ? [press("interview", _("Interview"), "wide")] : []),
    ...outcomes(point.kind).map(([outcome, name]) => press(outcome, name, "quiet")),
  ];
  buttons.forEach((one) => (one.disabled = true));
  window.setTimeout(() => buttons.forEach((one) => (one.disabled = false)), WAIT);
  return [
    h("p", { class: "whom", role: "alert", id }, words[point.kind]),
    h("div", { class: "outcomes", role: "group", "aria-labelledby": id }, ...buttons),
  ];
}
