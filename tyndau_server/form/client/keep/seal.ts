/** A finished interview sealed to the server's public key: from here on the phone cannot read it.
 *
 * In: the XML, its files, the server's point on P-256. Out: an envelope (JSON) and a part for each
 * file.
 *
 * - A key pair is made for this interview alone and its private half forgotten (ECDH P-256 with
 *   the server's key); HKDF-SHA256 of the shared secret, with the phone's point followed by the
 *   server's as salt and `tyndau-form-1` as info, gives 32 bytes for AES-256-GCM.
 * - A part is 12 random bytes (the nonce), then ciphertext and tag. What is authenticated along
 *   with it: the instanceID, a line feed, the file's name; and where the envelope has a `reply`,
 *   another line feed and that, so that nobody puts a key of their own in its place. The XML is the
 *   part `xml_submission_file`.
 * - The envelope: {"version": 1, "key": name of the server's key, "point": base64, "instance",
 *   "form", "formVersion", "pilot", "files": [names, the XML first], "clock": seconds that the
 *   phone's clock is ahead of the server's, or null, "reply": point in base64 to which the server
 *   seals the interview should it come back to be corrected (reply.ts); without it, it never does}.
 *
 * The server opens it by tyndau_server/form/envelope.py and goes on as with any submission. What is
 * small (reports.ts) is sealed alike, as one part without an envelope: authenticated along with it
 * are its own number, a line feed and `report`.
 */

import type { Sealed } from "./database.ts";
import { bytes } from "./vault.ts";

export const XML = "xml_submission_file";
const SMALL = "report";
const INFO = "tyndau-form-1";
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

export interface ToSeal {
  readonly instance: string;
  readonly owner: string;
  readonly form: string;
  readonly formVersion: string;
  readonly pilot: boolean;
  readonly xml: string;
  /** The instanceID of the version that it corrects, or empty. */
  readonly corrects: string;
  readonly files: readonly File[];
  readonly submit: string;
  readonly key: { readonly id: string; readonly point: string };
  readonly clock: number | null;
  readonly erase: string;
  /** The point of the holder's pair for replies; null of who answers alone. */
  readonly reply: Uint8Array | null;
}

export async function seal(interview: ToSeal): Promise<Sealed> {
  const { instance, owner, form, formVersion, pilot, clock, submit } = interview;
  const { key, point } = await keyTo(fromBase64(interview.key.point));
  const contents = new Map<string, ArrayBuffer>([[XML, bytes(interview.xml).buffer]]);
  for (const file of interview.files) {
    contents.set(file.name, await file.arrayBuffer());
  }
  const reply = interview.reply && toBase64(interview.reply);
  const parts: Sealed["parts"] = [];
  for (const [name, content] of contents) {
    const about = [instance, name, ...(reply ? [reply] : [])].join("\n");
    parts.push({ name, data: await part(key, about, content) });
  }
  const envelope = JSON.stringify({
    version: 1,
    key: interview.key.id,
    point: toBase64(point),
    instance,
    form,
    formVersion,
    pilot,
    files: [...contents.keys()],
    clock,
    ...(reply ? { reply } : {}),
  });
  const sha256 = await digest(bytes(interview.xml));
  const finished = Date.now();
  return {
    instance,
    owner,
    form,
    finished,
    submit,
    envelope,
    sha256,
    parts,
    received: [],
    erase: interview.erase,
    refused: "",
    corrects: interview.corrects,
  };
}

/** Seal something small; return the point made for it and the part. */
export async function sealSmall(
  server: string,
  number: string,
  content: string,
): Promise<{ point: string; data: ArrayBuffer }> {
  const { key, point } = await keyTo(fromBase64(server));
  const data = await part(key, `${number}\n${SMALL}`, bytes(content).buffer);
  return { point: toBase64(point), data };
}

async function keyTo(
  server: Uint8Array<ArrayBuffer>,
): Promise<{ key: CryptoKey; point: Uint8Array<ArrayBuffer> }> {
  const theirs = await crypto.subtle.importKey("raw", server, CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  const secret = await crypto.subtle.deriveBits(
    { name: "ECDH", public: theirs },
    ours.privateKey,
    256,
  );
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const salt = new Uint8Array([...point, ...server]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytes(INFO) };
  const what = { name: "AES-GCM", length: 256 };
  return { key: await crypto.subtle.deriveKey(how, material, what, false, ["encrypt"]), point };
}

async function part(key: CryptoKey, about: string, content: ArrayBuffer): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytes(about) };
  const closed = await crypto.subtle.encrypt(how, key, content);
  return new Blob([iv, closed]).arrayBuffer();
}

export async function digest(content: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(content: Uint8Array): string {
  let letters = "";
  for (let at = 0; at < content.length; at += 0x8000) {
    letters += String.fromCharCode(...content.subarray(at, at + 0x8000));
  }
  return btoa(letters);
}

export function fromBase64(written: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
}
