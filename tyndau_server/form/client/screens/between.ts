/** Pages that are no question: the rounds of a repeat, and the end.
 *
 * In: an interview and its page. Out: an element; what is pressed is told to the interview.
 */

import { button, h } from "../dom.ts";
import type { Interview } from "../engine/interview.ts";
import { type Page, reference, roundTitle } from "../engine/pages.ts";
import { _ } from "../words.ts";
import type { Mode } from "./block.ts";
import { slip } from "./closing.ts";
import { titleOf } from "./overview.ts";

/** Show the rounds of a repeat, and ask whether there is another. */
export function rounds(interview: Interview, page: Page): HTMLElement {
  const { range } = page;
  const instances = range?.currentState.children ?? [];
  const title = page.sections.at(-1) ?? "";
  const list = instances.map((round, at) => {
    const name = range ? roundTitle(range, round, at) : "";
    const first = interview.pages.find((one) => one.key.startsWith(`${reference(round)}/`));
    const look = { name: "bin", className: "icon-only", silent: true } as const;
    return h(
      "li",
      {},
      first
        ? button(name, () => interview.jump(first.key), { className: "quiet wide" })
        : h("span", {}, name),
      button(_("Remove {name}", { name }), () => interview.removeRound(at), look),
    );
  });
  const isFirst = instances.length === 0;
  const question = isFirst ? _("Is there one?") : _("Is there another one?");
  const yes = isFirst ? _("Yes, add one") : _("Yes, add another");
  return h(
    "section",
    { class: "block rounds" },
    h("h1", { class: "label", tabindex: -1 }, question),
    title ? h("p", {}, title) : null,
    h("ul", { class: "plain" }, ...list),
    button(yes, () => interview.addRound(), { name: "plus", className: "wide" }),
  );
}

/** Show the end: what still needs an answer, or the button that finishes. */
export function ending(
  interview: Interview,
  mode: Mode,
  finish: (press: HTMLButtonElement) => void,
): HTMLElement {
  const wrong = interview.wrong();
  if (wrong.length > 0) {
    const list = wrong.map((page) => {
      const go = () => interview.jump(page.key);
      return h("li", {}, button(titleOf(page), go, { className: "quiet wide" }));
    });
    return h(
      "section",
      { class: "block end" },
      h("h1", { class: "label", tabindex: -1 }, _("Not everything is answered")),
      h("p", {}, _("These questions need an answer, or another one:")),
      h("ul", { class: "plain" }, ...list),
    );
  }
  const words =
    mode === "interviewer"
      ? _("Thank the respondent. After this, answers can no longer be read on this phone.")
      : _("Thank you. Press the button to send your answers.");
  const instance = mode === "interviewer" ? interview.withdrawal : "";
  const look = { name: "tick", className: "wide" } as const;
  const done = instance ? _("Written down: finish the interview") : _("Finish the interview");
  const sends = mode === "interviewer" ? done : _("Send the answers");
  const press = button(sends, () => finish(press), look);
  return h(
    "section",
    { class: "block end" },
    h("h1", { class: "label", tabindex: -1 }, _("That was the last question")),
    instance
      ? slip(
          instance,
          _("Write this code on the respondent's slip: by it the answers can be withdrawn later."),
        )
      : null,
    h("p", {}, words),
    press,
  );
}
