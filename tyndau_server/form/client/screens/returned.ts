/** Interviews that may be corrected, on the first screen: those that were returned, with the reason,
 * and those that were sent a short while ago.
 *
 * In: what the server listed. Out: sections of the screen; what is pressed is told.
 */

import { button, h } from "../dom.ts";
import type { Correctable } from "../keep/returned.ts";
import { _, inOneLanguage, moment } from "../words.ts";

export function returnedSections(
  found: readonly Correctable[],
  correct: (one: Correctable) => void,
): readonly HTMLElement[] {
  const returned = found.filter((one) => one.returned);
  const recent = found.filter((one) => !one.returned);
  return [
    ...section(_("Returned to you"), returned, correct),
    ...section(_("Sent a short while ago"), recent, correct),
  ];
}

function section(
  title: string,
  found: readonly Correctable[],
  correct: (one: Correctable) => void,
): HTMLElement[] {
  if (found.length === 0) {
    return [];
  }
  const list = h("ul", { class: "plain returned" }, ...found.map((one) => entry(one, correct)));
  return [h("h2", {}, title), list];
}

function entry(one: Correctable, correct: (one: Correctable) => void): HTMLElement {
  const press = () => correct(one);
  return h(
    "li",
    { class: "returned-entry" },
    h("strong", {}, inOneLanguage(one.form.title)),
    h("p", { class: "muted" }, _("sent {moment}", { moment: moment(one.received) })),
    one.reason ? h("p", { class: "reason" }, one.reason) : null,
    button(_("Correct"), press, { className: "wide quiet" }),
  );
}
