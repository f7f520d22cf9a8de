/** What every control is: an element that shows an answer and takes one.
 *
 * A control is made once for a question. After every answer its `update` brings it up to what the
 * form now holds, by changing what differs: an element under a finger is never replaced. To add a
 * kind, write a maker and name it in choose.ts.
 */

import type { Media } from "../engine/form.ts";

export interface Widget {
  readonly element: HTMLElement;
  update(): void;
  focus(): void;
  /** Stop what it holds: a microphone, a position. */
  close?(): void;
}

export interface Surroundings {
  readonly media: Media;
  /** Identifiers of the elements that say the question, and what belongs to it. */
  readonly labelledBy: string;
  readonly describedBy: string;
  /** Whether the answer is shown and not asked for. */
  readonly(): boolean;
  /** Give an answer: the change, told to all who must know. */
  answer(change: () => void): void;
  /** Ask to go on, as after one's only answer. */
  onward(): void;
  /** Say aloud, for those who do not see, and in sight where it is an error. */
  say(words: string): void;
}

export function described(around: Surroundings): Record<string, string> {
  return { "aria-labelledby": around.labelledBy, "aria-describedby": around.describedBy };
}
