/** Sending what is finished: in bursts, from page and service worker alike, until a receipt.
 *
 * In: the queue. Out: fewer in it. A request is multipart: the field `envelope`, then parts by
 * their names; the XML goes with every one, as OpenRosa has it, and `*isIncomplete*` is "yes" on
 * all but the last. The server answers 201 with the receipt
 *
 *     {"instance": "uuid:…", "sha256": "of the XML", "attachments": [names of all that it holds]}
 *
 * and only a receipt that names this XML and all files lets the local copy go. 409, 422 and 410
 * refuse an interview for good, with {"message": {"kk", "ru", "en"}}: it stays, and can be given
 * to the supervisor as a file. To a phone that was shut out the server answers 403 with the code
 * "revoked", and what came waits in quarantine: all bursts are sent, others behind it, too, and once
 * a day it is tried again, since the receipt comes after somebody took it in. Any other 403 of its
 * own keeps back that interview alone. Anything else is tried again later.
 */

import { all, Change, type Sealed } from "./database.ts";
import { toBase64, XML } from "./seal.ts";
import { isShutOut, patiently } from "./patiently.ts";

// What one request carries at most besides its first part; a bad network breaks off long ones.
const BURST = 1_500_000;
const FOR_GOOD = new Set([409, 410, 422]);
// So often is tried again, in milliseconds, what was refused to a phone that was shut out.
const ANEW = 86_400_000;
const LOCK = "tyndau-form-sending";

export interface Sent {
  readonly sent: number;
  readonly left: number;
  /** Whether the server was reached. */
  readonly reached: boolean;
}

export function unsent(): Promise<Sealed[]> {
  return all("queue");
}

/** Send all that is finished; a second call waits for the first.
 *
 * What was refused for good is tried again only where somebody asks for it.
 */
export async function sendAll(again = false): Promise<Sent> {
  return navigator.locks.request(LOCK, async (): Promise<Sent> => {
    const waiting = (await unsent()).filter((one) => again || !one.refused || isDue(one));
    waiting.sort((one, two) => one.finished - two.finished);
    let sent = 0;
    for (const interview of waiting) {
      try {
        sent += (await sendOne(interview)) ? 1 : 0;
      } catch {
        return { sent, left: waiting.length - sent, reached: false };
      }
    }
    return { sent, left: waiting.length - sent, reached: true };
  });
}

function isDue({ shutOut }: Sealed): boolean {
  // A clock that was put back must not make it wait for ever.
  return shutOut !== undefined && Math.abs(Date.now() - shutOut) > ANEW;
}

/** Send an interview, burst by burst; true once it has gone. */
async function sendOne(interview: Sealed): Promise<boolean> {
  const bursts = burstsOf(interview);
  for (const [at, names] of bursts.entries()) {
    const last = at === bursts.length - 1;
    const answer = await post(interview, names, last);
    const shutOut = await isShutOut(answer);
    if (shutOut && !last) {
      continue;
    }
    if (shutOut || FOR_GOOD.has(answer.status)) {
      interview.refused = await reason(answer);
      interview.shutOut = shutOut ? Date.now() : undefined;
      await new Change().put("queue", interview).done();
      return false;
    }
    if (answer.status === 403 && isOwn(answer)) {
      return false;
    }
    if (answer.status !== 201) {
      throw new Error(`${answer.status}`);
    }
    const receipt = (await answer.json()) as Receipt;
    if (receipt.sha256 !== interview.sha256 || receipt.instance !== interview.instance) {
      throw new Error("a receipt for something else");
    }
    interview.received = [...new Set([...interview.received, ...receipt.attachments])];
    interview.refused = "";
    interview.shutOut = undefined;
    if (isComplete(interview)) {
      await new Change().remove("queue", interview.instance).done();
      if (interview.erase) {
        // Where this fails, the server erases it when its days are over.
        await fetch(interview.erase, { method: "DELETE" }).catch(() => undefined);
      }
      return true;
    }
    await new Change().put("queue", interview).done();
  }
  throw new Error("the receipt lacks a file");
}

/** Whether the server itself answers, and no network on the way. */
function isOwn(answer: Response): boolean {
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
}

interface Receipt {
  readonly instance: string;
  readonly sha256: string;
  readonly attachments: readonly string[];
}

function isComplete({ parts, received }: Sealed): boolean {
  return parts.every(({ name }) => name === XML || received.includes(name));
}

/** Share the files that the server lacks out over requests. */
function burstsOf({ parts, received }: Sealed): string[][] {
  const bursts: string[][] = [[]];
  let size = 0;
  for (const { name, data } of parts) {
    if (name === XML || received.includes(name)) {
      continue;
    }
    if (size > 0 && size + data.byteLength > BURST) {
      bursts.push([]);
      size = 0;
    }
    bursts.at(-1)?.push(name);
    size += data.byteLength;
  }
  return bursts;
}

async function post(interview: Sealed, names: readonly string[], last: boolean): Promise<Response> {
  const body = new FormData();
  body.append("envelope", new Blob([interview.envelope], { type: "application/json" }));
  if (!last) {
    body.append("*isIncomplete*", "yes");
  }
  for (const { name, data } of interview.parts) {
    if (name === XML || names.includes(name)) {
      body.append(name, new Blob([data], { type: "application/octet-stream" }), name);
    }
  }
  return patiently(interview.submit, { method: "POST", body });
}

async function reason(answer: Response): Promise<string> {
  try {
    return JSON.stringify(((await answer.json()) as { message: unknown }).message);
  } catch {
    return JSON.stringify({ en: String(answer.status) });
  }
}

/** Return what is unsent as a file for the supervisor: JSON, sealed as it is. */
export async function unsentFile(owner: string): Promise<File> {
  const interviews = (await unsent())
    .filter((one) => one.owner === owner)
    .map(({ envelope, parts }) => ({
      envelope: JSON.parse(envelope) as unknown,
      parts: parts.map(({ name, data }) => ({ name, data: toBase64(new Uint8Array(data)) })),
    }));
  const day = new Date().toISOString().slice(0, 10);
  const content = JSON.stringify({ version: 1, holder: owner, interviews });
  return new File([content], `unsent-${day}.tyndau.json`, { type: "application/json" });
}
