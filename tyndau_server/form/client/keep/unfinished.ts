/** Answers put by on the server, so as to go on with them on another device.
 *
 * In: a draft. Out: an address that holds what opens it, in the part behind `#`, which browsers
 * send to nobody: the number of the draft and its key, 16 and 32 random bytes. The server gets
 * 12 bytes of nonce, then AES-GCM of the draft with its files (JSON), the number authenticated
 * along; it can neither read it nor tell whose it is, and erases it after 14 days, or once the
 * interview has arrived; then it answers 409 for as long.
 */

import type { Draft } from "./drafts.ts";
import { fromBase64, toBase64 } from "./seal.ts";
import { bytes } from "./vault.ts";
import { patiently } from "./patiently.ts";

export interface Elsewhere {
  readonly number: string;
  readonly key: string;
}

export interface PutBy {
  readonly draft: Draft;
  readonly files: readonly File[];
}

/** What came of it instead: the server's status; 0 where it was not reached. */
export class NotDone extends Error {
  constructor(readonly status: number) {
    super(String(status));
  }
}

/** The server's status where the interview was finished, on whichever device. */
export const FINISHED = 409;

const AES = "AES-GCM";
const NONCE = 12;
// Nobody waits longer than this for a bad network before going on, in milliseconds.
const BRIEFLY = 8_000;
const WRITTEN = /^#([\w-]{22})\.([\w-]{43})$/;

/** Return the address by which one goes on anywhere. */
export function addressOf({ number, key }: Elsewhere): string {
  return `${window.location.origin}${window.location.pathname}#${number}.${key}`;
}

/** Return what an address holds behind `#`: null where it holds nothing, "cut" where not all. */
export function written(hash: string): Elsewhere | "cut" | null {
  if (hash.length < 2) {
    return null;
  }
  const [, number, key] = WRITTEN.exec(hash) ?? [];
  return number && key ? { number, key } : "cut";
}

export function newElsewhere(): Elsewhere {
  return { number: chance(16), key: chance(32) };
}

/** Put a draft by, in place of what was put by under the same number. */
export async function putBy(base: string, at: Elsewhere, { draft, files }: PutBy): Promise<void> {
  const contents: string[] = [];
  for (const file of files) {
    contents.push(toBase64(new Uint8Array(await file.arrayBuffer())));
  }
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: AES, iv, additionalData: bytes(at.number) };
  const plain = bytes(JSON.stringify({ draft, contents }));
  const closed = await crypto.subtle.encrypt(how, await keyOf(at), plain);
  await ask(base + at.number, "PUT", new Blob([iv, closed]));
}

/** Take up what was put by; a key that does not open it is an error like any other. */
export async function takeUp(base: string, at: Elsewhere): Promise<PutBy> {
  const answer = await ask(base + at.number, "GET");
  const content = await answer.arrayBuffer();
  const iv = content.slice(0, NONCE);
  const how = { name: AES, iv, additionalData: bytes(at.number) };
  const plain = await crypto.subtle.decrypt(how, await keyOf(at), content.slice(NONCE));
  const { draft, contents } = JSON.parse(new TextDecoder().decode(plain)) as {
    draft: Draft;
    contents: string[];
  };
  const files = draft.files.map(
    ({ name, type }, place) => new File([fromBase64(contents[place] ?? "")], name, { type }),
  );
  return { draft, files };
}

/** Ask whether an interview was finished elsewhere; without the server's word it was not. */
export async function isFinished(base: string, { number }: Elsewhere): Promise<boolean> {
  const brief = new AbortController();
  const timer = setTimeout(() => brief.abort(), BRIEFLY);
  try {
    const given = { method: "HEAD", cache: "no-store", signal: brief.signal } as const;
    return (await fetch(base + number, given)).status === FINISHED;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function ask(address: string, method: string, body?: Blob): Promise<Response> {
  const given: RequestInit = { method, cache: "no-store" };
  const answer = await patiently(address, body ? { ...given, body } : given).catch(() => null);
  if (!answer?.ok) {
    throw new NotDone(answer?.status ?? 0);
  }
  return answer;
}

function keyOf({ key }: Elsewhere): Promise<CryptoKey> {
  const raw = fromBase64(key.replaceAll("-", "+").replaceAll("_", "/"));
  return crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
}

/** Return random bytes in the letters of addresses. */
function chance(count: number): string {
  const drawn = toBase64(crypto.getRandomValues(new Uint8Array(count)));
  return drawn.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
