/** The key of a holder, opened by a PIN: what drafts are encrypted with.
 *
 * In: a PIN. Out: a vault that encrypts and decrypts, until the page goes. The key is made by
 * chance and kept wrapped by another that is derived from the PIN (PBKDF2, SHA-256). What this
 * does not do: six digits can be tried out by whoever copies the database and has time, so a PIN
 * may be a longer phrase; finished interviews do not hang on it (see seal.ts), and drafts should
 * be few and short-lived.
 */

import { Change, type Cipher, type KeptVault, type OpenVault, read } from "./database.ts";
import { newReply, type Reply, unwrappedReply } from "./reply.ts";

// The Password Storage Cheat Sheet of OWASP (2023) for PBKDF2-HMAC-SHA256.
const ROUNDS = 600_000;
export const SHORTEST_PIN = 6;

const AES = "AES-GCM";

export class Vault {
  constructor(
    readonly owner: string,
    private readonly key: CryptoKey,
    /** To what the server seals interviews that come back; nobody's who answers alone. */
    readonly reply: Reply | null = null,
  ) {}

  async lock(content: BufferSource, about: string): Promise<Cipher> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = bytes(`${this.owner}\n${about}`);
    const data = await crypto.subtle.encrypt({ name: AES, iv, additionalData }, this.key, content);
    return { iv, data };
  }

  /** Return the content; what was written for something else does not open. */
  async open({ iv, data }: Cipher, about: string): Promise<ArrayBuffer> {
    const additionalData = bytes(`${this.owner}\n${about}`);
    return crypto.subtle.decrypt({ name: AES, iv, additionalData }, this.key, data);
  }
}

export async function hasVault(owner: string): Promise<boolean> {
  return (await read("vaults", owner)) !== undefined;
}

export async function makeVault(owner: string, pin: string): Promise<Vault> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await newKey(true);
  const outer = await derived(pin, salt, ROUNDS);
  const wrapped = await crypto.subtle.wrapKey("raw", key, outer, { name: AES, iv });
  const reply = await newReply(outer);
  const vault: KeptVault = { owner, salt, rounds: ROUNDS, iv, wrapped, reply };
  await new Change().put("vaults", vault).done();
  return opened(vault, outer);
}

/** Open a holder's vault; null where the PIN is wrong. */
export async function openVault(owner: string, pin: string): Promise<Vault | null> {
  const vault = await read("vaults", owner);
  if (!vault || !("wrapped" in vault)) {
    return null;
  }
  try {
    const outer = await derived(pin, vault.salt, vault.rounds);
    const opening = await opened(vault, outer);
    if (!vault.reply) {
      // Made before there were replies.
      vault.reply = await newReply(outer);
      await new Change().put("vaults", vault).done();
      return await opened(vault, outer);
    }
    return opening;
  } catch {
    return null;
  }
}

async function opened(vault: KeptVault, outer: CryptoKey): Promise<Vault> {
  const key = await unwrapped(vault, outer);
  return new Vault(vault.owner, key, vault.reply && (await unwrappedReply(vault.reply, outer)));
}

/** Open the vault of somebody who answers alone, without a PIN; a key stays in this browser. */
export async function ownVault(owner: string): Promise<Vault> {
  const kept = await read("vaults", owner);
  if (kept && "key" in kept) {
    return new Vault(owner, kept.key);
  }
  const made: OpenVault = { owner, key: await newKey(false) };
  await new Change().put("vaults", made).done();
  return new Vault(owner, made.key);
}

function newKey(extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: AES, length: 256 }, extractable, ["encrypt", "decrypt"]);
}

async function derived(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const what = { name: AES, length: 256 };
  return crypto.subtle.deriveKey(how, secret, what, false, ["wrapKey", "unwrapKey"]);
}

function unwrapped({ wrapped, iv }: KeptVault, outer: CryptoKey): Promise<CryptoKey> {
  const uses: KeyUsage[] = ["encrypt", "decrypt"];
  return crypto.subtle.unwrapKey("raw", wrapped, outer, { name: AES, iv }, AES, false, uses);
}

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
