/** What a phone tells besides interviews: contacts at points, questions, its own state.
 *
 * In: items, one by one. Out: they wait sealed to the server's key, so that a finder reads nothing,
 * and are sent without a PIN, in the order in which they were made. A request is JSON:
 *
 *     {"version": 1, "state": null or {"now", "unsent", "drafts", "kept"},
 *      "sealed": [{"id", "key": name of the server's key, "point": base64, "data": base64}],
 *      "reply": point in base64 to which is sealed what is for the interviewer alone; seldom there}
 *
 * The server answers {"received": [ids], "refused": [ids]}: what it received goes, what it cannot
 * read stays and is tried again only where somebody asks for it. Of a contact the last word holds:
 * an item with the same uid replaces the one before, and `none` takes it back.
 */

import { all, Change, type KeptReport } from "./database.ts";
import { sealSmall, toBase64 } from "./seal.ts";
import { isShutOut, patiently } from "./patiently.ts";

export type Outcome =
  | "interview"
  | "refused"
  | "not_eligible"
  | "language"
  | "interrupted"
  | "not_home";

export interface Contact {
  readonly kind: "contact";
  readonly uid: string;
  readonly population: string;
  readonly point: string;
  /** By the phone's clock, ISO 8601, and by how many seconds that is ahead, where it is known. */
  readonly moment: string;
  readonly clock: number | null;
  readonly outcome: Outcome;
  /** How many were counted since the contact before, this one too. */
  readonly passed: number;
  /** The instanceID of the interview that began. */
  readonly interview: string;
  /** How far from the point, as a band in metres; empty where nobody knows. */
  readonly band: string;
}

export interface Question {
  readonly kind: "question";
  readonly uid: string;
  readonly text: string;
  readonly moment: string;
  readonly clock: number | null;
}

export type Item = Contact | Question | { readonly kind: "none"; readonly uid: string };

/** To whom a holder tells. */
export interface Way {
  readonly owner: string;
  readonly submit: string;
  readonly key: { readonly id: string; readonly point: string };
}

const BATCH = 50;
const LOCK = "tyndau-form-telling";
// So often a phone tells of itself while its page is open, in milliseconds.
const ANEW = 300_000;

let last = 0;

/** Seal an item, to be put into the store `reports`. */
export async function sealed(item: Item, { owner, submit, key }: Way): Promise<KeptReport> {
  const id = crypto.randomUUID();
  last = Math.max(Date.now(), last + 1);
  const made = last;
  const part = await sealSmall(key.point, id, JSON.stringify(item));
  return { id, owner, made, submit, key: key.id, ...part, refused: false };
}

export async function untold(owner: string): Promise<KeptReport[]> {
  return (await all("reports")).filter((one) => one.owner === owner);
}

/** Send all that waits; false where the server was not reached. */
export async function tellAll(again = false): Promise<boolean> {
  return navigator.locks.request(LOCK, async () => {
    const waiting = (await all("reports")).filter(({ refused }) => again || !refused);
    waiting.sort((one, two) => one.made - two.made);
    try {
      for (const submit of new Set(waiting.map((one) => one.submit))) {
        const of = waiting.filter((one) => one.submit === submit);
        for (let at = 0; at < of.length; at += BATCH) {
          await tellSome(submit, of.slice(at, at + BATCH));
        }
      }
      return true;
    } catch {
      return false;
    }
  });
}

/** Tell to which point is sealed what is for the holder alone; throws without a network. */
export async function tellKey(submit: string, reply: string): Promise<void> {
  await post(submit, null, [], reply);
}

async function tellSome(submit: string, items: readonly KeptReport[]): Promise<void> {
  const answer = await post(submit, null, items);
  // What was sealed for a code that was shut out keeps nothing back that was sealed for another.
  const ids = items.map(({ id }) => id);
  const { received, refused }: Receipt = (await isShutOut(answer))
    ? { received: [], refused: ids }
    : ((await answer.json()) as Receipt);
  const change = new Change();
  for (const one of items) {
    if (received.includes(one.id)) {
      change.remove("reports", one.id);
    } else if (refused.includes(one.id)) {
      change.put("reports", { ...one, refused: true });
    }
  }
  await change.done();
}

interface Receipt {
  readonly received: readonly string[];
  readonly refused: readonly string[];
}

const told = new Map<string, number>();

/** Tell how a holder's phone is, where that was not told lately. */
export async function tellState({ owner, submit }: Way): Promise<void> {
  if (Date.now() - (told.get(owner) ?? 0) < ANEW) {
    return;
  }
  told.set(owner, Date.now());
  const mine = (one: { owner: string }) => one.owner === owner;
  const [queue, drafts, reports] = await Promise.all([all("queue"), all("drafts"), all("reports")]);
  const storage = navigator.storage as StorageManager | undefined;
  const state = {
    now: new Date().toISOString(),
    unsent: queue.filter(mine).length + reports.filter(mine).length,
    drafts: drafts.filter(mine).length,
    kept: storage?.persisted ? await storage.persisted() : null,
  };
  await post(submit, state, []).catch(() => told.delete(owner));
}

async function post(
  submit: string,
  state: object | null,
  items: readonly KeptReport[],
  reply?: string,
): Promise<Response> {
  const parts = items.map(({ id, key, point, data }) => {
    return { id, key, point, data: toBase64(new Uint8Array(data)) };
  });
  const answer = await patiently(submit, {
    method: "POST",
    body: JSON.stringify({ version: 1, state, sealed: parts, reply }),
    headers: { "Content-Type": "application/json" },
  });
  if (answer.status !== 200 && !(await isShutOut(answer))) {
    throw new Error(`${answer.status}`);
  }
  return answer;
}
