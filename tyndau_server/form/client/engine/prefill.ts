/** Answers that are known before an interview begins, such as the point where one stands.
 *
 * In: an interview and answers by the names of questions. Out: nothing; questions of these names
 * outside of repeats have them, shown as any answer and as easily changed. A name that the form has
 * not, a kind that does not fit and a question that is answered already are passed over.
 */

import type { AnyInputNode, GeneralChildNode, RootNode, SelectNode } from "@getodk/xforms-engine";

export type Given = Readonly<Record<string, string>>;

const WHOLE = /^\d+$/;

export function prefill(root: RootNode, given: Given): void {
  if (Object.keys(given).length > 0) {
    walk(root.currentState.children, given);
  }
}

function walk(children: readonly GeneralChildNode[], given: Given): void {
  for (const node of children) {
    const name = node.currentState.reference.split("/").pop() ?? "";
    const value = given[name];
    if (node.nodeType === "group") {
      walk(node.currentState.children, given);
    } else if (value !== undefined && (node.nodeType === "input" || node.nodeType === "select")) {
      answer(node, value);
    }
  }
}

function answer(node: AnyInputNode | SelectNode, value: string): void {
  if (node.currentState.instanceValue || node.currentState.readonly) {
    return;
  }
  if (node.nodeType === "select") {
    if (node.currentState.valueOptions.some((one) => one.value === value)) {
      node.selectValue(value);
    }
  } else if (node.valueType === "string" || (node.valueType === "int" && WHOLE.test(value))) {
    (node as { setValue(value: string): unknown }).setValue(value);
  }
}
