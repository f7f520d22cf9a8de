/** Somebody who answers alone: how one comes in, and how one goes on elsewhere.
 *
 * In: the page's address, the drafts of this device, what the server offers. Out: the draft to go
 * on with, or leave to begin. Nothing is asked or kept before that.
 */

import type { Boot, FormOffer } from "./boot.ts";
import { button, fill, h } from "./dom.ts";
import { Change } from "./keep/database.ts";
import {
  type Draft,
  draftsOf,
  filesOf,
  keepDraft,
  type Keeper,
  type Of,
  removed,
} from "./keep/drafts.ts";
import { formOf } from "./keep/forms.ts";
import {
  addressOf,
  FINISHED,
  isFinished,
  newElsewhere,
  NotDone,
  type PutBy,
  putBy,
  takeUp,
  written,
} from "./keep/unfinished.ts";
import type { Vault } from "./keep/vault.ts";
import { showLater } from "./screens/later.ts";
import { asksConsent, showDeclined, showWelcome } from "./screens/welcome.ts";
import { _ } from "./words.ts";

/** Return the draft to go on with: that of the address, else the last one of this device. */
export async function draftToGoOn(
  place: HTMLElement,
  vault: Vault,
  base: string,
): Promise<Draft | null> {
  window.addEventListener("hashchange", () => window.location.reload());
  const [last] = await draftsOf(vault);
  for (;;) {
    const at = written(window.location.hash);
    if (!at) {
      return last ?? null;
    }
    try {
      if (at === "cut") {
        throw new Error("the address is cut");
      }
      return await newer(vault, await takeUp(base, at));
    } catch (fault) {
      const isUnreached = fault instanceof NotDone && ![404, FINISHED, 410].includes(fault.status);
      if (!(await isTriedAgain(place, fault, isUnreached, Boolean(last)))) {
        window.history.replaceState(null, "", window.location.pathname);
      }
    }
  }
}

/** Drop the drafts of which the server says that they were finished elsewhere; tell of it. */
export async function dropsFinished(vault: Vault, base: string): Promise<boolean> {
  let isAny = false;
  for (const { id, elsewhere } of base ? await draftsOf(vault) : []) {
    if (elsewhere && (await isFinished(base, elsewhere))) {
      await removed(new Change(), id).done();
      isAny = true;
    }
  }
  return isAny;
}

/** Say that it was finished elsewhere; the link opened anew begins a new interview. */
export function showFinished(place: HTMLElement): void {
  window.history.replaceState(null, "", window.location.pathname);
  const words = _(
    "This survey was finished on another device, and its answers arrived. What was begun on this device is deleted here.",
  );
  fill(
    place,
    h(
      "main",
      { class: "page door" },
      h("h1", { tabindex: -1 }, _("Thank you")),
      h("p", { role: "status" }, words),
    ),
  );
}

/** Keep what was put by on this device, unless it has newer answers itself. */
async function newer(vault: Vault, { draft, files }: PutBy): Promise<Draft> {
  const here = (await draftsOf(vault)).find(({ id }) => id === draft.id);
  if (here && here.changed >= draft.changed) {
    return here;
  }
  await keepDraft(vault, draft, files);
  return draft;
}

/** Say why it does not go on; return whether to try again, else one goes on without. */
function isTriedAgain(
  place: HTMLElement,
  fault: unknown,
  isUnreached: boolean,
  hasDraft: boolean,
): Promise<boolean> {
  const words = isUnreached
    ? _("Your answers are on the server, which cannot be reached now.")
    : fault instanceof NotDone && fault.status === FINISHED
      ? _("This survey was finished on another device, and its answers arrived.")
      : fault instanceof NotDone
        ? _("These answers are not here any more: the survey was finished, or 14 days have passed.")
        : _("This address is not whole. Copy all of it and open it again.");
  const without = hasDraft ? _("Go on with what is on this device") : _("Begin from the start");
  return new Promise((done) =>
    fill(
      place,
      h(
        "main",
        { class: "page door" },
        h("h1", { tabindex: -1 }, _("Continue later")),
        h("p", { role: "alert" }, words),
        isUnreached ? button(_("Try again"), () => done(true), { className: "wide" }) : null,
        button(without, () => done(false), { className: "wide quiet" }),
      ),
    ),
  );
}

/** Tell what a resident must know, and ask for consent where the form does not. */
export async function isWelcome(
  place: HTMLElement,
  { about }: Boot,
  offer: FormOffer,
): Promise<boolean> {
  const isAskedLater = await formOf(offer).then(
    ({ xml }) => asksConsent(xml),
    () => false,
  );
  const begins = await showWelcome(place, offer, about, isAskedLater);
  if (!begins) {
    showDeclined(place);
  }
  return begins;
}

/** Put the interview by and show the address; the same one each time. */
export function continueLater(vault: Vault, base: string, of: Of, keeper: Keeper): void {
  showLater(async () => {
    keeper.keep();
    await keeper.settled();
    const draft = (await draftsOf(vault)).find(({ id }) => id === of.id);
    if (!draft) {
      throw new Error("nothing is kept");
    }
    const elsewhere = of.elsewhere ?? newElsewhere();
    await putBy(base, elsewhere, {
      draft: { ...draft, elsewhere },
      files: await filesOf(vault, draft),
    });
    of.elsewhere = elsewhere;
    keeper.keep();
    return addressOf(elsewhere);
  });
}
