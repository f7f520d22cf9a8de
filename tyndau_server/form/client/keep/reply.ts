/** What comes back from the server sealed: an interview to be corrected, what is confided.
 *
 * In: a holder's key pair; an answer that the server sealed to it. Out: the contents. It is the
 * construction of seal.ts in the other direction: the server makes a key pair for this answer alone
 * (ECDH P-256), HKDF-SHA256 with its point followed by ours as salt and `tyndau-reply-1` as info
 * gives the key of AES-256-GCM; a part is nonce, ciphertext and tag, bound to the interview and to
 * its name. Our private key lies wrapped by the PIN, so that who finds the phone reads nothing.
 */

import type { KeptReply } from "./database.ts";
import { fromBase64 } from "./seal.ts";
import type { Vault } from "./vault.ts";

const INFO = "tyndau-reply-1";
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const AES = "AES-GCM";
const NONCE = 12;

export interface SealedParts {
  readonly point: string;
  readonly parts: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly point: Uint8Array<ArrayBuffer>;
  readonly key: CryptoKey;
}

/** Make a key pair; `outer` is the key that comes of the PIN. */
export async function newReply(outer: CryptoKey): Promise<KeptReply> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: AES, iv };
  const data = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, outer, how);
  return { point, iv, data };
}

export async function unwrappedReply(
  { point, iv, data }: KeptReply,
  outer: CryptoKey,
): Promise<Reply> {
  const how = { name: AES, iv };
  const uses: KeyUsage[] = ["deriveBits"];
  const key = await crypto.subtle.unwrapKey("pkcs8", data, outer, how, CURVE, false, uses);
  return { point, key };
}

/** Open what the server sealed to a holder: its parts by their names. */
export async function openedParts(
  { reply }: Vault,
  about: string,
  { point, parts }: SealedParts,
): Promise<Map<string, ArrayBuffer>> {
  if (!reply) {
    throw new Error("no key for replies");
  }
  const open = await opener(reply, fromBase64(point), about);
  const opened = new Map<string, ArrayBuffer>();
  for (const [name, part] of Object.entries(parts)) {
    opened.set(name, await open(name, fromBase64(part)));
  }
  return opened;
}

/** Return a function that opens the parts of an answer, each by its name. */
async function opener(
  reply: Reply,
  point: Uint8Array<ArrayBuffer>,
  instance: string,
): Promise<(name: string, part: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>> {
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, reply.key, 256);
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const salt = new Uint8Array([...point, ...reply.point]);
  const text = new TextEncoder();
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode(INFO) };
  const what = { name: AES, length: 256 };
  const key = await crypto.subtle.deriveKey(how, material, what, false, ["decrypt"]);
  return (name, part) => {
    const iv = part.subarray(0, NONCE);
    const additionalData = text.encode(`${instance}\n${name}`);
    return crypto.subtle.decrypt({ name: AES, iv, additionalData }, key, part.subarray(NONCE));
  };
}
