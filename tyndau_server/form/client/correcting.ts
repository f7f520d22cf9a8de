/** Correcting an interview that was sent: what may be corrected here, fetched and made a draft.
 *
 * In: the boot and the open vault. Out: sections for the first screen; an interview with what is
 * needed to ask on. What lies here already as a correction, begun or waiting to be sent, is not
 * offered a second time.
 */

import type { Boot } from "./boot.ts";
import { eventsOf } from "./engine/audit.ts";
import { AUDIT, type Standing } from "./engine/interview.ts";
import { correctsOf } from "./engine/meta.ts";
import type { Sealed } from "./keep/database.ts";
import type { Draft } from "./keep/drafts.ts";
import {
  type Correctable,
  correctable,
  fetchSent,
  NotCorrectable,
  type SentInterview,
} from "./keep/returned.ts";
import type { Vault } from "./keep/vault.ts";
import { returnedSections } from "./screens/returned.ts";
import { _, language } from "./words.ts";

export interface Begun extends SentInterview {
  readonly standing: Standing;
}

export class Correcting {
  private found: readonly Correctable[] = [];
  /** What was corrected since the page was opened: the server's list may still name it. */
  private readonly corrected = new Set<string>();

  /** Ask the server what may be corrected; without a network what was known stays. */
  async look({ sent }: Boot, vault: Vault): Promise<void> {
    if (sent) {
      this.found = await correctable(sent, vault);
    }
  }

  sections(
    drafts: readonly Draft[],
    waiting: readonly Sealed[],
    correct: (one: Correctable) => void,
  ): readonly Node[] {
    waiting.forEach(({ corrects }) => corrects && this.corrected.add(corrects));
    const begun = new Set(drafts.map(({ xml }) => correctsOf(xml)));
    const left = this.found.filter(
      ({ instance }) => !begun.has(instance) && !this.corrected.has(instance),
    );
    return returnedSections(left, correct);
  }

  /** Fetch an interview; where that is not possible, the words that say why. */
  async fetch(one: Correctable, vault: Vault): Promise<Begun | string> {
    try {
      const { xml, files } = await fetchSent(one, vault);
      const log = files.find(({ name }) => name === AUDIT);
      const events = log ? eventsOf(await log.text()) : [];
      const standing = { at: "", language: "", events, seed: 1, started: Date.now() };
      return { xml, files: files.filter((file) => file !== log), standing };
    } catch (fault) {
      if (fault instanceof NotCorrectable) {
        this.found = this.found.filter((other) => other !== one);
        return fault.words[language()] ?? fault.message;
      }
      return _("A network is needed to fetch it. Try again where there is one.");
    }
  }
}
