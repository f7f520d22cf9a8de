/** A number between two ends: a row of buttons where it has few steps, else a slider.
 *
 * A slider that was not touched is no answer, and says so.
 */

import type { AnyRangeNode } from "@getodk/xforms-engine";
import { h } from "../dom.ts";
import { _ } from "../words.ts";
import { columns } from "./scale.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";

const FEW = 11;

export function range(node: AnyRangeNode, around: Surroundings): Widget {
  const { start, end, step } = node.definition.bounds;
  const [from, to, by] = [Number(start), Number(end), Math.abs(Number(step)) || 1];
  const count = Math.round(Math.abs(to - from) / by) + 1;
  const digits = String(by).split(".")[1]?.length ?? 0;
  const values = (): string[] => {
    const sign = to < from ? -1 : 1;
    return Array.from({ length: count }, (_each, at) => (from + sign * at * by).toFixed(digits));
  };
  const give = (value: string | null) =>
    around.answer(() => (node as { setValue(value: string | null): unknown }).setValue(value));
  const current = () => {
    const value = node.currentState.instanceValue;
    return value === "" ? null : Number(value);
  };
  return count <= FEW
    ? steps(values(), current, give, around)
    : slider(from, to, by, current, give, around);
}

type Give = (value: string | null) => void;

function steps(
  values: readonly string[],
  current: () => number | null,
  give: Give,
  around: Surroundings,
): Widget {
  const buttons = values.map((value) =>
    h(
      "button",
      {
        type: "button",
        class: "step",
        on: { click: () => give(current() === Number(value) ? null : value) },
      },
      value,
    ),
  );
  const update = () => {
    buttons.forEach((one, at) => {
      one.setAttribute("aria-pressed", String(current() === Number(values[at])));
      one.disabled = around.readonly();
    });
  };
  update();
  const element = h("div", { class: "steps", role: "group", ...described(around) }, ...buttons);
  element.style.setProperty("--steps", String(columns(values.length)));
  return { element, update, focus: () => buttons[0]?.focus() };
}

function slider(
  from: number,
  to: number,
  by: number,
  current: () => number | null,
  give: Give,
  around: Surroundings,
): Widget {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const input = h("input", {
    type: "range",
    min: low,
    max: high,
    step: by,
    ...described(around),
  });
  const output = h("output", {});
  const touch = () => give(input.value);
  input.addEventListener("input", () => (output.textContent = input.value));
  input.addEventListener("change", touch);
  // A press on the very place where the handle stands changes nothing, but is an answer.
  input.addEventListener("click", () => current() === null && touch());
  const update = () => {
    const value = current();
    input.classList.toggle("untouched", value === null);
    input.disabled = around.readonly();
    input.value = String(value ?? (low + high) / 2);
    output.textContent = value === null ? _("Not answered") : String(value);
  };
  update();
  const ends = h("div", { class: "ends" }, h("span", {}, String(low)), h("span", {}, String(high)));
  const element = h("div", { class: "slider" }, output, input, ends);
  return { element, update, focus: () => input.focus() };
}
