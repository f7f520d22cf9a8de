/** A single box to tick: "I have read it aloud". */

import type { TriggerNode } from "@getodk/xforms-engine";
import { h } from "../dom.ts";
import { _ } from "../words.ts";
import type { Surroundings, Widget } from "./widget.ts";

export function trigger(node: TriggerNode, around: Surroundings): Widget {
  const input = h("input", {
    type: "checkbox",
    "aria-describedby": `${around.labelledBy} ${around.describedBy}`,
    on: { change: () => around.answer(() => node.setValue(input.checked)) },
  });
  const words = h("span", { class: "words" });
  const label = h("label", { class: "option" }, input, words);
  const update = () => {
    input.checked = node.currentState.value === true;
    input.disabled = around.readonly();
    label.classList.toggle("chosen", input.checked);
    words.textContent = _("It is done");
  };
  update();
  return { element: h("div", { class: "options" }, label), update, focus: () => input.focus() };
}
