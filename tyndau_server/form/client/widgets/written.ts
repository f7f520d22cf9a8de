/** Answers that are written: text, whole numbers, decimals, codes of bars.
 *
 * A number that cannot be read is said to be wrong and kept in sight, not thrown away; the form
 * holds no answer meanwhile.
 */

import type { AnyInputNode } from "@getodk/xforms-engine";
import { h } from "../dom.ts";
import { _ } from "../words.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

// After this pause in typing an answer is given; a phone that dies loses what was typed within it.
const PAUSE = 250;

const INTEGER = /^-?\d+$/;
const DECIMAL = /^-?\d+([.,]\d+)?$/;

export function written(node: AnyInputNode, around: Surroundings, line = false): Widget {
  const kind = node.valueType;
  const isNumber = kind === "int" || kind === "decimal";
  const field = fieldOf(node, line || isNumber || kind === "barcode", described(around));
  const wrong = h("p", { class: "error", hidden: true });
  let waiting = 0;

  const read = () => {
    const text = field.value.trim();
    const isWrong = isNumber && text !== "" && !(kind === "int" ? INTEGER : DECIMAL).test(text);
    wrong.hidden = !isWrong;
    wrong.textContent = isWrong ? wordsOf(kind) : "";
    field.setAttribute("aria-invalid", String(isWrong));
    const value = isWrong ? "" : isNumber ? text.replace(",", ".") : field.value;
    if (value !== node.currentState.instanceValue) {
      around.answer(() => put(node, value));
    }
  };
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(read, PAUSE);
    grow(field);
  });
  field.addEventListener("change", () => {
    window.clearTimeout(waiting);
    read();
  });

  const update = () => {
    const value = node.currentState.instanceValue;
    if (document.activeElement !== field && (value !== "" || wrong.hidden)) {
      field.value = value;
      grow(field);
    }
    field.readOnly = around.readonly();
  };
  update();
  return {
    element: h("div", { class: `written ${isNumber ? "number" : ""}` }, field, wrong),
    update,
    focus: () => field.focus(),
    close: () => {
      window.clearTimeout(waiting);
      if (node.currentState.relevant) {
        read();
      }
    },
  };
}

function fieldOf(node: AnyInputNode, line: boolean, aria: Record<string, string>): Field {
  const looks = node.appearances as Readonly<Record<string, boolean>>;
  const { valueType } = node;
  const common = { autocomplete: "off", spellcheck: "false", enterkeyhint: "done", ...aria };
  if (line || looks.numbers || looks.masked || looks.url) {
    const inputmode =
      valueType === "int" || looks.numbers ? "numeric" : valueType === "decimal" ? "decimal" : null;
    return h("input", { type: looks.masked ? "password" : "text", inputmode, ...common });
  }
  return h("textarea", { rows: looks.multiline ? 6 : 2, ...common });
}

/** Let a field be as high as what is written in it. */
function grow(field: Field): void {
  if (field instanceof HTMLTextAreaElement && field.isConnected) {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
}

function wordsOf(kind: string): string {
  return kind === "int" ? _("Write a whole number, in digits.") : _("Write a number, in digits.");
}

/** Put a value that is written as the form stores it. */
export function put(node: AnyInputNode, value: string): void {
  (node as { setValue(value: string): unknown }).setValue(value);
}
