/** The words of the controls in the language of the moment.
 *
 * A sentence is written in English where it is said, `_("Unsent: {count}", {count})`; the build
 * finds it there, as tools/catalogues does, and takes its translations from tyndau/locale. So
 * there is one source of translations, and the form needs no server to speak.
 */

import catalogue from "./catalogue.json";

export const LANGUAGES = ["kk", "ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Kinds of answers by code, where a form does not say them: the constant of tyndau.base.frames. */
export const MEANINGS: Readonly<Record<string, string>> = catalogue.meanings;

const TRANSLATED: Readonly<Record<string, Readonly<Record<string, string>>>> = catalogue.words;

/** Under which name the chosen language of the controls is remembered. */
export const SPOKEN = "tyndau-form-language";

let current: Language = "en";

export function language(): Language {
  return current;
}

export function isLanguage(code: string): code is Language {
  return (LANGUAGES as readonly string[]).includes(code);
}

/** Say all that follows in this language. */
export function speak(code: string): void {
  if (isLanguage(code)) {
    current = code;
    document.documentElement.lang = code;
  }
}

export function _(
  sentence: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const said = TRANSLATED[current]?.[sentence] ?? sentence;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// Letters that Kazakh has and Russian has not.
const KAZAKH = /[әғқңөұүһі]/i;

/** Return a title in the language of the moment, where it says both, as in "тұрғындар / жители".
 *
 * XLSForm has one title for all languages, so that authors write two.
 */
export function inOneLanguage(title: string): string {
  const [kazakh, russian, ...more] = title.split(" / ");
  const isPair = kazakh && russian && more.length === 0;
  if (!isPair || !KAZAKH.test(kazakh) || KAZAKH.test(russian)) {
    return title;
  }
  return current === "kk" ? kazakh : current === "ru" ? russian : title;
}

/** Return a moment as people write it, 28.11 19:12; browsers know no Kazakh names of months. */
export function moment(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${two(at.getDate())}.${two(at.getMonth() + 1)}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
