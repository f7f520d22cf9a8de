/** Forms that this phone has, so that it can ask without a network, and drafts go on in their
 * version.
 *
 * In: what the server offers. Out: XForms with their files. A form is kept until it is no more
 * offered and no draft needs it.
 */

import type { FormOffer } from "../boot.ts";
import { all, Change, type KeptForm, read } from "./database.ts";
import type { Of } from "./drafts.ts";
import { digest } from "./seal.ts";

/** What names a form and where it is. */
type Found = Pick<FormOffer, "id" | "version" | "title" | "sha256" | "xform" | "media">;

/** Return a form that is offered, fetched where it is not kept yet. */
export async function formOf(offer: Found): Promise<KeptForm> {
  return (await read("forms", offer.sha256)) ?? fetched(offer);
}

/** Return the form in whose version a draft began; undefined where nobody has it any more. */
export async function formOfDraft(of: Of): Promise<KeptForm | undefined> {
  const { sha256, form: id, formVersion: version, title, xform, media } = of;
  return xform
    ? formOf({ sha256, id, version, title, xform, media: media ?? {} })
    : read("forms", sha256);
}

async function fetched(offer: Found): Promise<KeptForm> {
  const content = await (await get(offer.xform)).arrayBuffer();
  const xml = new TextDecoder().decode(content);
  if ((await digest(content)) !== offer.sha256) {
    throw new Error("the form came damaged");
  }
  const media: Record<string, Blob> = {};
  for (const [name, address] of Object.entries(offer.media)) {
    media[name] = await (await get(address)).blob();
  }
  const { sha256, id, version, title } = offer;
  const form = { sha256, id, version, title, xml, media };
  await new Change().put("forms", form).done();
  return form;
}

async function get(address: string): Promise<Response> {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${address}`);
  }
  return answer;
}

/** Fetch all that is offered; return the titles of those that could not be. */
export async function fetchForms(offers: readonly FormOffer[]): Promise<string[]> {
  const failed: string[] = [];
  for (const offer of offers) {
    await formOf(offer).catch(() => failed.push(offer.title));
  }
  return failed;
}

/** Forget forms that nobody needs. */
export async function prune(needed: ReadonlySet<string>): Promise<void> {
  const change = new Change();
  for (const { sha256 } of await all("forms")) {
    if (!needed.has(sha256)) {
      change.remove("forms", sha256);
    }
  }
  await change.done();
}
