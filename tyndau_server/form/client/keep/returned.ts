/** Interviews that were sent and may be corrected: asked of the server, opened by the holder's key.
 *
 * In: the boot's address `sent` and a vault that is open. Out: what may be corrected on this phone,
 * and one of them with its files. Nothing of it is kept, until it is a draft. The server answers
 *
 *     {"version": 1, "interviews": [Listed, …]}
 *
 * and under a Listed's address Fetched, or 410 with {"message": {"kk", "ru", "en"}}. What was made
 * on another phone is sealed to another key: it is listed to this one and passed over.
 */

import type { FormOffer } from "../boot.ts";
import { openedParts, type SealedParts } from "./reply.ts";
import { toBase64, XML } from "./seal.ts";
import type { Vault } from "./vault.ts";

const REASON = "reason";

interface Listed {
  readonly instance: string;
  readonly returned: boolean;
  readonly received: string;
  readonly form: FormOffer;
  readonly address: string;
  /** The point to which it is sealed. */
  readonly to: string;
  readonly sealed: SealedParts;
}

interface Fetched {
  readonly instance: string;
  readonly types: Readonly<Record<string, string>>;
  readonly sealed: SealedParts;
}

/** An interview that may be corrected on this phone. */
export interface Correctable {
  readonly instance: string;
  readonly returned: boolean;
  /** When it arrived, in milliseconds. */
  readonly received: number;
  readonly form: FormOffer;
  readonly address: string;
  readonly reason: string;
}

export interface SentInterview {
  readonly xml: string;
  readonly files: readonly File[];
}

/** It may no longer be corrected; the words by language. */
export class NotCorrectable extends Error {
  constructor(readonly words: Readonly<Record<string, string>>) {
    super("not correctable");
  }
}

/** Ask which interviews may be corrected; throws without a network. */
export async function correctable(address: string, vault: Vault): Promise<readonly Correctable[]> {
  const answer = await get(address);
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const { interviews } = (await answer.json()) as { interviews: readonly Listed[] };
  const own = vault.reply ? toBase64(vault.reply.point) : "";
  const found = interviews.filter(({ to }) => to === own);
  return Promise.all(
    found.map(async (one) => {
      const opened = await openedParts(vault, one.instance, one.sealed);
      const reason = new TextDecoder().decode(opened.get(REASON));
      const { instance, returned, form, address } = one;
      return { instance, returned, form, address, reason, received: Date.parse(one.received) };
    }),
  );
}

/** Fetch an interview; throws without a network, `NotCorrectable` where it is too late. */
export async function fetchSent(one: Correctable, vault: Vault): Promise<SentInterview> {
  const answer = await get(one.address);
  if (answer.status === 410) {
    const { message } = (await answer.json()) as { message: Record<string, string> };
    throw new NotCorrectable(message);
  }
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const { instance, types, sealed } = (await answer.json()) as Fetched;
  const opened = await openedParts(vault, instance, sealed);
  const files = [...opened]
    .filter(([name]) => name !== XML)
    .map(([name, content]) => new File([content], name, { type: types[name] ?? "" }));
  return { xml: new TextDecoder().decode(opened.get(XML)), files };
}

function get(address: string): Promise<Response> {
  return fetch(address, { credentials: "same-origin", cache: "no-store" });
}
