/** The question whether answers may be recorded, once for each interview.
 *
 * In: an interview. Out: an element; what is pressed is told to the interview.
 */

import { button, h } from "../dom.ts";
import type { Interview } from "../engine/interview.ts";
import { _ } from "../words.ts";

export function askWhetherToRecord(interview: Interview): HTMLElement {
  const choose = (agreed: "yes" | "no", words: string) => {
    const press = button(words, () => interview.record(agreed), { className: "quiet wide" });
    press.value = agreed;
    press.setAttribute("aria-pressed", String(interview.recording === agreed));
    return press;
  };
  return h(
    "section",
    { class: "block recording" },
    h("h1", { class: "label", tabindex: -1 }, mayWeRecord()),
    h("p", {}, _("Without a recording the questions that need one are left out.")),
    choose("yes", _("Yes, it may")),
    choose("no", _("No, it may not")),
  );
}

export function mayWeRecord(): string {
  return _("May this answer be recorded?");
}
