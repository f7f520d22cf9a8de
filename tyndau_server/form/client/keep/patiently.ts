/** Asking the server without waiting for ever: a bad network says neither yes nor no.
 *
 * In: an address and what is sent. Out: the answer; after a minute without one it is broken off, as
 * if there were no network. `AbortSignal.timeout` would do, and is newer than the oldest phones.
 */

const PATIENCE = 60_000;

/** Whether the server says that the phone was shut out; what else answers 403 may change its mind:
 * a version that is not agreed yet, a network that lets nobody through. */
export async function isShutOut(answer: Response): Promise<boolean> {
  if (answer.status !== 403) {
    return false;
  }
  const said = (await answer
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null;
  return said?.code === "revoked";
}

export async function patiently(address: string, given: RequestInit): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(address, {
      credentials: "same-origin",
      ...given,
      signal: patience.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}
