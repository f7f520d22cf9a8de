/** Scales of numbers: lists such as "1 – not at all", "2", … "5 – very much", which stand in a row.
 *
 * In: the options of a question. Out: what is said at each step, or null where it is no such
 * scale. A scale has at least three steps whose codes are whole numbers one after another, and
 * whose labels begin with the code; only its ends may say more, because in a row there is no room
 * for words at each.
 */

import type { TextRange } from "@getodk/xforms-engine";
import { plain } from "../texts.ts";
import { meaning, type Option } from "./meaning.ts";

const LEAST = 3;
const MOST = 11;
const LABEL = /^(\d+)\s*(?:[-–—.:)]\s*)?(.*)$/s;

type Labelled = Option & { readonly label: TextRange<"item-label"> };

export function scaleOf(options: readonly Labelled[]): ReadonlyMap<string, string> | null {
  const steps = options.filter((one) => !meaning(one));
  if (steps.length < LEAST || steps.length > MOST) {
    return null;
  }
  const said = new Map<string, string>();
  for (const [at, step] of steps.entries()) {
    const found = LABEL.exec(plain(step.label));
    const isNext = at === 0 || Number(step.value) === Number(steps[at - 1]?.value) + 1;
    const isEnd = at === 0 || at === steps.length - 1;
    if (!/^\d+$/.test(step.value) || !isNext || found?.[1] !== step.value) {
      return null;
    }
    if (found[2] && !isEnd) {
      return null;
    }
    said.set(step.value, found[2] ?? "");
  }
  return said;
}

// A thumb hits no more than this many side by side on a narrow phone.
const ABREAST = 6;

/** Return how many steps stand side by side: all, or as many as make rows of one length. */
export function columns(steps: number): number {
  return Math.ceil(steps / Math.ceil(steps / ABREAST)) || 1;
}
