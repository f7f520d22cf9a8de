/** What the browser does with what is kept: whether it promises to keep it, whether there is room,
 * whether it threw something away.
 *
 * A browser may clear a site's storage when the phone is full. It clears the database as a whole,
 * and a note beside it (localStorage) usually survives: where the note says that there was
 * something and the database is empty, it was cleared, and people must hear of it.
 */

// Below this, photos and sound no longer fit.
const LITTLE = 50_000_000;
const NOTE = "tyndau-form-held";
const DEVICE = "tyndau-form-device";
const CLOCK = "tyndau-form-clock";
// A phone's clock that is further off than this is said to be wrong, in seconds.
export const CLOCK_OFF = 600;

export interface Space {
  /** Whether the browser promises to keep what is kept; null where it cannot say. */
  readonly persisted: boolean | null;
  readonly little: boolean;
}

export async function space(): Promise<Space> {
  const storage = navigator.storage as StorageManager | undefined;
  if (!storage?.persist) {
    return { persisted: null, little: false };
  }
  const persisted = (await storage.persisted()) || (await storage.persist());
  const { quota = 0, usage = 0 } = await storage.estimate();
  return { persisted, little: quota > 0 && quota - usage < LITTLE };
}

/** Note how many interviews a holder has on this phone. */
export function note(owner: string, drafts: number, unsent: number): void {
  const held = notes();
  held[owner] = { drafts, unsent };
  localStorage.setItem(NOTE, JSON.stringify(held));
}

/** Return what a holder had on this phone by the note. */
export function noted(owner: string): { drafts: number; unsent: number } {
  return notes()[owner] ?? { drafts: 0, unsent: 0 };
}

function notes(): Record<string, { drafts: number; unsent: number }> {
  try {
    return JSON.parse(localStorage.getItem(NOTE) ?? "{}") as ReturnType<typeof notes>;
  } catch {
    return {};
  }
}

/** Return a name of this browser by which nobody can tell whose it is. */
export function device(): string {
  const known = localStorage.getItem(DEVICE) ?? `tyndau:${crypto.randomUUID()}`;
  localStorage.setItem(DEVICE, known);
  return known;
}

/** Compare the phone's clock with the server's; return by how many seconds it is ahead. */
export function compareClock(now: string): number {
  const ahead = Math.round((Date.now() - Date.parse(now)) / 1000);
  localStorage.setItem(CLOCK, String(ahead));
  return ahead;
}

/** Return by how much the clock was ahead when it was last compared; null where it never was. */
export function clockAhead(): number | null {
  const known = localStorage.getItem(CLOCK);
  return known === null ? null : Number(known);
}
