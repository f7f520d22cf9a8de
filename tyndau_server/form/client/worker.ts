/** The service worker: the form opens without a network, and sends when there is one.
 *
 * The page, its boot and its resources are kept; each is answered from what is kept at once and
 * renewed behind, so that a bad network holds nobody up. Nothing else is kept, and no answer of
 * anybody.
 */

import { KEPT } from "./boot.ts";
import { tellAll } from "./keep/reports.ts";
import { sendAll } from "./keep/send.ts";
import { SEND } from "./working.ts";

const CACHE = "tyndau-form-1";

interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(): Promise<{ postMessage(m: unknown): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: string, listener: (event: Happening) => void): void;
}

interface Happening {
  readonly request: Request;
  readonly data: { readonly keep?: readonly string[] };
  readonly tag: string;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  event.waitUntil(keepAll(event.data.keep ?? []));
});

worker.addEventListener("sync", (event) => {
  if (event.tag === SEND) {
    event.waitUntil(send());
  }
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) {
    event.respondWith(answer(request, event));
  }
});

async function send(): Promise<void> {
  const isTold = await tellAll();
  const { sent, reached } = await sendAll();
  for (const client of sent > 0 ? await worker.clients.matchAll() : []) {
    client.postMessage({ sent });
  }
  if (!reached || !isTold) {
    throw new Error("not reached"); // then the browser asks again later
  }
}

/** Keep what is not kept yet; forget scripts and styles of an earlier build. */
async function keepAll(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const address of addresses) {
    if (!(await cache.match(address))) {
      await cache.add(address).catch(() => undefined);
    }
  }
  await forgetOthers(cache, addresses);
}

async function forgetOthers(cache: Cache, addresses: readonly string[]): Promise<void> {
  const wanted = new Set(addresses.map((one) => new URL(one, self.location.href).href));
  const folder = (address: string) => address.slice(0, address.lastIndexOf("/"));
  const built = new Set([...wanted].filter((one) => /\.(js|css)$/.test(one)).map(folder));
  for (const { url } of await cache.keys()) {
    if (built.has(folder(url)) && !wanted.has(url)) {
      await cache.delete(url);
    }
  }
}

async function answer(request: Request, event: Happening): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (!kept) {
    return fetch(request);
  }
  event.waitUntil(renew(cache, request));
  const headers = new Headers(kept.headers);
  headers.set(KEPT, "1");
  const { status, statusText } = kept;
  return new Response(kept.body, { status, statusText, headers });
}

async function renew(cache: Cache, request: Request): Promise<void> {
  try {
    const fetched = await fetch(request.url, { credentials: "same-origin", cache: "no-cache" });
    if (fetched.ok && !fetched.redirected) {
      await cache.put(request, fetched);
    } else if (fetched.status === 404 || fetched.status === 410) {
      await cache.delete(request);
    }
  } catch {
    // Without a network what is kept stays.
  }
}
