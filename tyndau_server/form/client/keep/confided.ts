/** What the server tells the phone's interviewer alone: answers, warnings, what is owed.
 *
 * In: an answer to `?fresh` and an open vault. Out: what was sealed to the holder's key (reply.ts);
 * it is kept nowhere. The server seals to the first point that is told under an address
 * (reports.ts), so that nobody who only knows the address reads it.
 */

import type { Answer, Boot, Pay, Said } from "../boot.ts";
import { openedParts, type SealedParts } from "./reply.ts";
import { tellKey } from "./reports.ts";
import { toBase64 } from "./seal.ts";
import type { Vault } from "./vault.ts";

const PART = "confided";

export interface Confided extends SealedParts {
  /** The point to which it is sealed. */
  readonly to: string;
  /** To what its part is bound. */
  readonly about: string;
}

export interface ToHolder {
  /** What was answered to questions of the interviewer's, the newest last. */
  readonly answers: readonly Answer[];
  /** Which rules of work were not kept by the interviewer, the newest first. */
  readonly warnings: readonly Said[];
  /** What the interviewer is owed; null where no rate is named. */
  readonly pay: Pay | null;
}

/** Open what is confided: "told" where the server knows this phone's key only from now on, "other"
 * where it seals to another one; null where nothing is confided.
 */
export async function confidedIn(
  { confided, reports }: Boot,
  vault: Vault,
): Promise<ToHolder | "told" | "other" | null> {
  if (confided === undefined || !reports || !vault.reply) {
    return null;
  }
  const own = toBase64(vault.reply.point);
  if (confided === null) {
    await tellKey(reports, own);
    return "told";
  }
  if (confided.to !== own) {
    return "other";
  }
  const opened = await openedParts(vault, confided.about, confided);
  return JSON.parse(new TextDecoder().decode(opened.get(PART))) as ToHolder;
}
