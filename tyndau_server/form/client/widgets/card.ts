/** A card that is shown to the respondent: the answers in large letters, nothing else in sight. */

import { button, h } from "../dom.ts";
import { _ } from "../words.ts";

export function showCard(answers: readonly string[]): void {
  const list = h("ul", {}, ...answers.map((words) => h("li", {}, words)));
  const card = h("dialog", { class: "card-shown", "aria-label": _("Card") });
  const close = button(_("Close the card"), () => card.close(), {
    name: "cross",
    className: "quiet",
  });
  card.append(list, close);
  card.addEventListener("close", () => card.remove());
  document.body.append(card);
  card.showModal();
}
