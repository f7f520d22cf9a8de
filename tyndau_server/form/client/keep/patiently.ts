/** Asking the server without waiting for ever: a bad network says neither yes nor no.
 *
 * In: an address and what is sent. Out: the answer; after a minute without one it is broken off, as
 * if there were no network. `AbortSignal.timeout` would do, and is newer than the oldest phones.
 */

const PATIENCE = 60_000;

/** Whether the server itself says no; a network that lets nobody through says it, too, in words
 * that are no JSON. */
export function isBarred(answer: Response): boolean {
  const type = answer.headers.get("Content-Type") ?? "";
  return answer.status === 403 && type.startsWith("application/json");
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
