/** The switch of languages of a screen on which nothing is asked yet.
 *
 * In: what is to happen when a language is chosen. Out: an element; the choice is remembered.
 */

import { h } from "../dom.ts";
import { _, language, LANGUAGES, speak, SPOKEN } from "../words.ts";

const SHORT = { kk: "ҚАЗ", ru: "РУС", en: "ENG" } as const;
const SPOKEN_AS = { kk: "Қазақша", ru: "Русский", en: "English" } as const;

export function languageSwitch(changed: () => void): HTMLElement {
  const switches = LANGUAGES.map((code) => {
    const press = () => {
      localStorage.setItem(SPOKEN, code);
      speak(code);
      changed();
    };
    return h(
      "button",
      {
        type: "button",
        lang: code,
        "aria-label": SPOKEN_AS[code],
        "aria-pressed": String(code === language()),
        on: { click: press },
      },
      SHORT[code],
    );
  });
  return h("div", { class: "switch", role: "group", "aria-label": _("Language") }, ...switches);
}
