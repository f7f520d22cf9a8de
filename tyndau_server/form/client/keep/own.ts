/** What a holder's screens remember from one day to the next: encrypted, so that a lock hides it.
 *
 * In: a vault and a name. Out: the value as it was put, on the disk when `put` ends. Items for the
 * server may go along with it, so that a kill leaves both or neither.
 */

import { Change, read } from "./database.ts";
import { type Item, sealed, type Way } from "./reports.ts";
import { bytes, type Vault } from "./vault.ts";

export class Own<T> {
  private readonly id: string;

  constructor(
    private readonly vault: Vault,
    name: string,
  ) {
    this.id = `${vault.owner}/${name}`;
  }

  async get(): Promise<T | null> {
    const kept = await read("own", this.id);
    try {
      return kept
        ? (JSON.parse(new TextDecoder().decode(await this.vault.open(kept, this.id))) as T)
        : null;
    } catch {
      return null; // of a key that is no more, or damaged: nobody can read it
    }
  }

  async put(value: T, way?: Way, items: readonly Item[] = []): Promise<void> {
    const change = new Change();
    const locked = await this.vault.lock(bytes(JSON.stringify(value)), this.id);
    change.put("own", { ...locked, id: this.id, owner: this.vault.owner });
    for (const item of way ? items : []) {
      change.put("reports", await sealed(item, way as Way));
    }
    await change.done();
  }
}
