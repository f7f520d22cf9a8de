/** Putting answers in order: press them one after another, the best first; a second press takes
 * back.
 */

import type { RankNode } from "@getodk/xforms-engine";
import { fill, h } from "../dom.ts";
import { plain, rich } from "../texts.ts";
import { _ } from "../words.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";

export function rank(node: RankNode, around: Surroundings): Widget {
  // What was pressed so far; the form gets an answer when all are in order.
  let order: string[] = [...node.currentState.value];
  const rows = new Map<
    string,
    { element: HTMLButtonElement; place: HTMLElement; words: HTMLElement }
  >();
  const list = h("div", { class: "options" });
  const left = h("p", { class: "found", role: "status" });

  const press = (value: string) => {
    order = order.includes(value) ? order.filter((one) => one !== value) : [...order, value];
    const count = node.currentState.valueOptions.length;
    if (order.length === count || node.currentState.value.length > 0) {
      around.answer(() => node.setValues(order.length === count ? order : []));
    }
    update();
  };
  const rowOf = (value: string) => {
    const place = h("b", { class: "place" });
    const words = h("span", { class: "words" });
    const element = h(
      "button",
      { type: "button", class: "option rank", on: { click: () => press(value) } },
      place,
      words,
    );
    const row = { element, place, words };
    rows.set(value, row);
    return row;
  };
  const update = () => {
    const options = node.currentState.valueOptions;
    const known = new Set(options.map((one) => one.value));
    order = order.filter((one) => known.has(one));
    for (const [value, row] of rows) {
      if (!known.has(value)) {
        row.element.remove();
        rows.delete(value);
      }
    }
    for (const item of options) {
      const row = rows.get(item.value) ?? rowOf(item.value);
      const place = order.indexOf(item.value) + 1;
      row.place.textContent = place ? String(place) : "";
      row.element.setAttribute("aria-pressed", String(place > 0));
      row.element.disabled = around.readonly();
      if (row.words.textContent !== plain(item.label)) {
        fill(row.words, ...rich(item.label, around.media));
      }
      if (!row.element.isConnected) {
        list.append(row.element);
      }
    }
    left.textContent =
      order.length < options.length
        ? _("Press the answers in order, the most important first. Left: {count}", {
            count: options.length - order.length,
          })
        : options.length > 0
          ? ""
          : _("There is nothing to choose from here. Go on.");
  };
  update();
  const element = h("div", { class: "select", role: "group", ...described(around) }, left, list);
  return { element, update, focus: () => list.querySelector("button")?.focus() };
}
