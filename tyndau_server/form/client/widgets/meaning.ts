/** What kind of answer an option is: "don't know", "refused", "none" and "other".
 *
 * The form says it in the column `meaning` of its choices; else the code does, by the constant
 * that tables go by. The first three stand alone in a multiple response: choosing one clears the
 * rest.
 */

import { MEANINGS } from "../words.ts";

export interface Option {
  readonly value: string;
  readonly properties: readonly (readonly [string, string])[];
}

const ALONE = new Set(["dont_know", "refused", "none"]);
const UNSAID = new Set(["dont_know", "refused"]);

export function meaning(option: Option): string {
  const said = option.properties.find(([name]) => name === "meaning")?.[1];
  return said || (MEANINGS[option.value] ?? "");
}

export function isExclusive(option: Option): boolean {
  return ALONE.has(meaning(option));
}

/** Whether it is not read aloud and stands on no card. */
export function isUnsaid(option: Option): boolean {
  return UNSAID.has(meaning(option));
}

/** Return what is selected after an option was pressed. */
export function pressed(
  options: readonly Option[],
  selected: readonly string[],
  value: string,
): readonly string[] {
  if (selected.includes(value)) {
    return selected.filter((one) => one !== value);
  }
  const alone = new Set(options.filter(isExclusive).map((one) => one.value));
  return alone.has(value) ? [value] : [...selected.filter((one) => !alone.has(one)), value];
}

/** Return options as they are shown: where a list is shuffled, these stay at its end. */
export function ordered<O extends Option>(options: readonly O[], shuffled: boolean): readonly O[] {
  if (!shuffled) {
    return options;
  }
  const ranks = ["", "other", "none", "dont_know", "refused"];
  const rank = (option: O) => Math.max(ranks.indexOf(meaning(option)), 0);
  return [...options].sort((one, two) => rank(one) - rank(two));
}
