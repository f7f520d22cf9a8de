/** The withdrawal code: by it a respondent may have the interview taken back later.
 *
 * In: the instanceID of an interview's first version. Out: the code, and the element that shows it.
 * It is stored nowhere: SHA-256 of the UTF-8 text "tyndau withdrawal " and the instanceID as it
 * stands in the XML, the first 40 bits of it as eight symbols of Crockford's base32, a hyphen in
 * the middle. tyndau/fieldwork/openrosa/withdrawal.py computes the same.
 */

import { h } from "../dom.ts";
import { bytes } from "../keep/vault.ts";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export async function withdrawalCode(instance: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes(`tyndau withdrawal ${instance}`));
  let number = 0n;
  for (const byte of new Uint8Array(digest, 0, 5)) {
    number = number * 256n + BigInt(byte);
  }
  let code = "";
  for (let at = 0; at < 8; at += 1) {
    code = (SYMBOLS[Number(number % 32n)] ?? "") + code;
    number /= 32n;
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Show the code of an interview in large letters, under words that say what it is for. */
export function slip(instance: string, words: string): HTMLElement {
  const code = h("output", { class: "code" });
  void withdrawalCode(instance).then((letters) => (code.textContent = letters));
  return h("div", { class: "slip" }, h("p", {}, words), code);
}
