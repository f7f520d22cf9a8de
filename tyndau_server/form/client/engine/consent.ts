/** Consent: the question that is asked before everything else.
 *
 * In: the pages of a form, or its tree. Out: the pages with consent first; whether it was given.
 * The question is recognised as tyndau/questionnaire/lint.py does: one answer, a name that begins
 * with "consent", asked of everybody. Notes that stand before it are read aloud on its page. Until
 * a required one is answered there is no other page.
 */

import type { RootNode } from "@getodk/xforms-engine";
import type { Conditions } from "./ahead.ts";
import { type Control, type Page, reference } from "./pages.ts";

// What people answer who do not take part; the form of the study says what follows.
const DECLINED = new Set(["no", "0", "refused", "dont_know"]);

/** Return the pages with the page of consent first, and alone while it is wanted and lacking. */
export function consentFirst(pages: readonly Page[], conditions: Conditions): readonly Page[] {
  const asks = (node: Control) => asksConsent(node, conditions);
  const at = pages.findIndex((page) => page.items.some(({ node }) => asks(node)));
  const found = pages[at];
  if (!found) {
    return pages;
  }
  const notes = leadingNotes(pages.slice(0, at));
  const rest = pages.filter((page) => page !== found && !notes.includes(page));
  const first = notes.length === 0 ? found : withNotes(notes, found);
  const lacks = found.items.some(({ node }) => asks(node) && isLacking(node));
  return lacks ? [first] : [first, ...rest];
}

function leadingNotes(pages: readonly Page[]): readonly Page[] {
  const end = pages.findIndex(({ items, range }) => range || items.some(isNoNote));
  return end < 0 ? pages : pages.slice(0, end);
}

function isNoNote({ node }: { node: Control }): boolean {
  return node.nodeType !== "note";
}

function withNotes(notes: readonly Page[], consent: Page): Page {
  return { ...consent, kind: "list", items: [...notes, consent].flatMap(({ items }) => items) };
}

function isLacking(node: Control): boolean {
  const { instanceValue, required } = node.currentState;
  return required && instanceValue === "";
}

/** Whether a question asks for consent, and of everybody. */
function asksConsent(node: Control, conditions: Conditions): boolean {
  const isOne =
    node.nodeType === "trigger" || (node.nodeType === "select" && node.selectType === "select1");
  const path = reference(node);
  const isNamed = (path.split("/").pop() ?? "").startsWith("consent");
  return isOne && isNamed && !path.includes("[") && conditions.isForEverybody(path);
}

/** Whether the respondent took part: consent was given, or the form asks for none. */
export function tookPart(root: RootNode, conditions: Conditions): boolean {
  const [given] = consents(root, conditions);
  return given === undefined || !(given === "" || DECLINED.has(given));
}

interface Walked {
  readonly currentState: { readonly children: readonly unknown[] | null };
}

function consents(node: Walked, conditions: Conditions): string[] {
  const { children } = node.currentState;
  if (children) {
    return children.flatMap((child) => consents(child as Walked, conditions));
  }
  const control = node as unknown as Control;
  return asksConsent(control, conditions) ? [control.currentState.instanceValue] : [];
}
