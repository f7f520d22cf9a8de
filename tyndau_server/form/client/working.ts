/** The page's side of the service worker: it is started, told what to keep, and asked to send. */

interface Synced extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

export const SEND = "tyndau-form-send";

export async function startWorker(address: string | undefined, boot: string): Promise<void> {
  if (!address || !("serviceWorker" in navigator)) {
    return;
  }
  try {
    await navigator.serviceWorker.register(address);
    const ready = await navigator.serviceWorker.ready;
    const page = window.location.pathname;
    const keep = () => ready.active?.postMessage({ keep: [page, boot, ...resources()] });
    keep();
    void document.fonts.ready.then(keep);
  } catch {
    // Without a worker the form works while there is a network.
  }
}

/** Return what this page consists of: scripts, styles, and the fonts that came so far. */
function resources(): string[] {
  const named = [...document.querySelectorAll<HTMLElement>("script[src], link[href]")].map(
    (one) => one.getAttribute("src") ?? one.getAttribute("href") ?? "",
  );
  const fonts = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.endsWith(".woff2"));
  return [...new Set([...named, ...fonts])];
}

/** Ask the browser to send in the background, once there is a network. */
export async function sendLater(): Promise<void> {
  try {
    const ready = (await navigator.serviceWorker?.ready) as Synced | undefined;
    await ready?.sync?.register(SEND);
  } catch {
    // Only some browsers can; the page itself sends when it is open.
  }
}
