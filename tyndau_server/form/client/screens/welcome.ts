/** What a resident reads before the first question: who asks, how long it takes, what becomes of
 * the answers.
 *
 * In: what the server says of the survey, and whether the form asks for consent itself. Out:
 * whether the resident begins; until then nothing is kept. Where the form does not ask for
 * consent, it is given or refused here.
 */

import type { About, FormOffer } from "../boot.ts";
import { button, fill, h } from "../dom.ts";
import { _, inOneLanguage, language } from "../words.ts";
import { languageSwitch } from "./languages.ts";

/** Whether a form asks a question of the name `consent`. */
export function asksConsent(xform: string): boolean {
  return /\bref="[^"]*\/consent"/.test(xform);
}

export function showWelcome(
  place: HTMLElement,
  offer: FormOffer,
  about: About | undefined,
  isAskedLater: boolean,
): Promise<boolean> {
  return new Promise((done) => {
    const draw = () => {
      const { title, asker } = about?.[language()] ?? { title: offer.title, asker: "" };
      const yes = isAskedLater ? _("Begin") : _("I agree to take part");
      fill(
        place,
        h(
          "header",
          { class: "bar" },
          h("div", { class: "row" }, h("span", { class: "who" }), languageSwitch(draw)),
        ),
        h(
          "main",
          { class: "page welcome" },
          h("h1", { tabindex: -1 }, inOneLanguage(title)),
          asker ? h("p", {}, _("This survey is made by: {name}", { name: asker })) : null,
          h("ul", {}, ...facts(offer).map((fact) => h("li", {}, fact))),
          warning(),
        ),
        h(
          "footer",
          { class: "foot" },
          isAskedLater
            ? null
            : button(_("No, thank you"), () => done(false), { className: "quiet no" }),
          button(yes, () => done(true), { className: "next" }),
        ),
      );
    };
    draw();
  });
}

/** Thank somebody who does not want to be asked. */
export function showDeclined(place: HTMLElement): void {
  const again = () => window.location.reload();
  fill(
    place,
    h(
      "main",
      { class: "page door" },
      h("h1", { tabindex: -1 }, _("Thank you")),
      h("p", {}, _("Nothing was asked and nothing is kept. You may close this page.")),
      button(_("Back to the survey"), again, { className: "quiet" }),
    ),
  );
}

function facts({ minutes }: FormOffer): string[] {
  return [
    minutes > 0 ? _("It takes about {count} minutes.", { count: minutes }) : "",
    _("Taking part is voluntary. You may stop at any time."),
    _("The answers are anonymous: no address of your phone or network is kept with them."),
    _("Answers are sent only at the end, when you press the button. You may also go on later."),
  ].filter(Boolean);
}

/** Tell how to get out of another app, where what is answered may go with its page.
 *
 * Many say by their User-Agent what they are, and the server's page has told already. Telegram
 * says it by its objects alone. Others cannot be told from a browser, so that everybody is asked.
 */
function warning(): HTMLElement | null {
  if (document.querySelector("body > .alert")) {
    return null;
  }
  return "TelegramWebview" in window || "TelegramWebviewProxy" in window
    ? h(
        "p",
        { class: "alert warning", role: "status" },
        _(
          "This page is open inside another app, where answers that are not sent may be lost. Choose in its menu to open it in the browser, or copy the address there.",
        ),
      )
    : h(
        "p",
        { class: "muted" },
        _(
          "Did this page open inside a messenger? Then choose in its menu to open it in the browser: only there your answers stay if you close it.",
        ),
      );
}
