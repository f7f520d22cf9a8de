/** Interviews under way: kept after every answer, encrypted, and taken up where they stood.
 *
 * In: an interview and its holder's vault. Out: a draft on the disk. Files are kept apart, so that
 * an answer does not write a photo anew.
 */

import type { Interview, Standing } from "../engine/interview.ts";
import { all, beginning, Change, type KeptDraft, read } from "./database.ts";
import type { Elsewhere } from "./unfinished.ts";
import { bytes, type Vault } from "./vault.ts";

export interface Draft {
  readonly id: string;
  readonly form: string;
  readonly formVersion: string;
  readonly title: string;
  readonly sha256: string;
  readonly pilot: boolean;
  /** Why it was returned, where it corrects an interview that was. */
  readonly reason?: string | undefined;
  /** Where the form and its files are, for a device that does not have them. */
  readonly xform?: string;
  readonly media?: Readonly<Record<string, string>>;
  /** Under what it was put by on the server, if it was. */
  elsewhere?: Elsewhere | undefined;
  readonly xml: string;
  readonly files: readonly { readonly name: string; readonly type: string }[];
  readonly standing: Standing;
  /** How much of it lies behind, from 0 to 1. */
  readonly progress: number;
  readonly changed: number;
}

/** What a draft is of; it does not change while one answers. */
export type Of = Omit<Draft, "xml" | "files" | "standing" | "progress" | "changed">;

export async function draftsOf(vault: Vault): Promise<Draft[]> {
  const kept = (await all("drafts")).filter(({ owner }) => owner === vault.owner);
  kept.sort((one, two) => two.changed - one.changed);
  const opened = await Promise.all(kept.map((one) => open(vault, one)));
  return opened.filter((one): one is Draft => one !== null);
}

async function open(vault: Vault, kept: KeptDraft): Promise<Draft | null> {
  try {
    const content = await vault.open(kept, kept.id);
    return JSON.parse(new TextDecoder().decode(content)) as Draft;
  } catch {
    return null; // of a key that is no more, or damaged: nobody can read it
  }
}

export async function filesOf(vault: Vault, draft: Draft): Promise<File[]> {
  const found: File[] = [];
  for (const { name, type } of draft.files) {
    const kept = await read("files", `${draft.id}/${name}`);
    if (kept) {
      found.push(new File([await vault.open(kept, kept.id)], name, { type }));
    }
  }
  return found;
}

/** Keep a draft and those of its files that are given. */
export async function keepDraft(vault: Vault, draft: Draft, files: readonly File[]): Promise<void> {
  const change = new Change();
  for (const file of files) {
    const id = `${draft.id}/${file.name}`;
    const locked = await vault.lock(await file.arrayBuffer(), id);
    change.put("files", { ...locked, id, draft: draft.id });
  }
  const { id, changed } = draft;
  const locked = await vault.lock(bytes(JSON.stringify(draft)), id);
  await change.put("drafts", { ...locked, id, owner: vault.owner, changed }).done();
}

export function removed(change: Change, id: string): Change {
  return change.remove("drafts", id).remove("files", beginning(`${id}/`));
}

/** Keeps one interview; asked while it is at work, it does it once more with the newest answers. */
export class Keeper {
  private readonly written = new Set<string>();
  private running: Promise<void> | null = null;
  private again = false;
  private ended = false;

  constructor(
    private readonly vault: Vault,
    private readonly of: Of,
    private readonly interview: Interview,
    private readonly told: (state: "keeping" | "kept" | "failed", fault?: unknown) => void,
    known: readonly { readonly name: string }[] = [],
  ) {
    known.forEach(({ name }) => this.written.add(name));
  }

  keep(): void {
    this.again = true;
    this.told("keeping");
    this.running ??= this.run();
  }

  /** Wait until all is kept. */
  async settled(): Promise<void> {
    while (this.running) {
      await this.running;
    }
  }

  /** Keep nothing more: the interview is finished. */
  async end(): Promise<void> {
    this.ended = true;
    await this.settled();
  }

  private async run(): Promise<void> {
    try {
      while (this.again && !this.ended) {
        // The next question is drawn first; what is kept then is what it shows.
        await new Promise((next) => window.setTimeout(next, 0));
        this.again = false;
        await this.write();
      }
      this.told("kept");
    } catch (fault) {
      this.told("failed", fault);
    } finally {
      this.running = null;
    }
  }

  private async write(): Promise<void> {
    const { interview, of, vault } = this;
    const files = interview.files();
    const names = files.map(({ name, type }) => ({ name, type }));
    const draft: Draft = {
      ...of,
      xml: interview.xml,
      files: names,
      standing: interview.stands,
      progress: interview.progress,
      changed: Date.now(),
    };
    const fresh = files.filter(({ name }) => !this.written.has(name));
    await keepDraft(vault, draft, fresh);
    files.forEach(({ name }) => this.written.add(name));
  }
}
