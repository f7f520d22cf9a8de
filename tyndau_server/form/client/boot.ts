/** What the server's page must give: the contract of this client.
 *
 * The page is an empty frame that is the same for everybody:
 *
 *     <link rel="stylesheet" href="{static}/tyndau/tokens.css">
 *     <link rel="stylesheet" href="{static}/form/form.css">
 *     <script type="module" src="{static}/form/form.js"></script>
 *     <div id="form" data-boot="ADDRESS OF THE JSON BELOW" data-worker="ADDRESS OF THE SERVICE WORKER"></div>
 *
 * The service worker is static/form/worker.js, served from an address that is a folder of the page
 * and of data-boot (or with the header Service-Worker-Allowed), with the type text/javascript and
 * without caching. data-boot is asked again with `?fresh`, which means nothing to the server.
 * Every address below is of the same origin. Policy of the page: script-src 'self'
 * 'wasm-unsafe-eval'; style-src 'self'; img-src and media-src 'self' blob:; worker-src 'self';
 * connect-src 'self'; and Permissions-Policy must let in camera, microphone and geolocation.
 *
 * The answer of `submit` is described in keep/send.ts, what is sent in keep/seal.ts.
 */

export interface Boot {
  readonly version: 1;
  /** Who holds the phone: `id` keeps the drafts of two interviewers apart, `name` is shown. */
  readonly holder: { readonly id: string; readonly name: string };
  readonly mode: "interviewer" | "respondent";
  /** Of the controls, until one chooses: kk, ru or en. */
  readonly language: string;
  readonly forms: readonly FormOffer[];
  /** To a respondent for whom there is no form any more: why, by language. */
  readonly over?: Readonly<Record<string, string>>;
  /** Where finished interviews go; it holds whatever secret lets them in. */
  readonly submit: string;
  /** Where an interviewer's own interviews that may be corrected are listed (keep/returned.ts). */
  readonly sent?: string;
  /** The key to which finished interviews are sealed: its name and its point on P-256 (65 bytes,
   * base64).
   */
  readonly key: { readonly id: string; readonly point: string };
  /** The server's time, ISO 8601; by it a wrong clock is noticed. */
  readonly now: string;
}

export interface FormOffer {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** The SHA-256 of the XForm in hexadecimal digits; a new one is a new form. */
  readonly sha256: string;
  readonly xform: string;
  /** Its files: address by name. They change only together with `sha256` or with an address. */
  readonly media: Readonly<Record<string, string>>;
  /** How long an interview takes; 0 where nobody knows. */
  readonly minutes: number;
  /** Whether interviews only try the form out. */
  readonly pilot: boolean;
  /** Whether answers may be recorded, of respondents who agree; else sound is not asked for. */
  readonly recording: boolean;
}

/** A boot that was fetched, and whether it came from the network or from what is kept. */
export interface Booted {
  readonly boot: Boot;
  readonly fresh: boolean;
}

/** The header by which the service worker marks what it had kept. */
export const KEPT = "x-tyndau-kept";

export async function fetchBoot(address: string): Promise<Booted> {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const boot = (await answer.json()) as Boot;
  if (boot.version !== 1) {
    throw new Error(`version ${String(boot.version)}`);
  }
  return { boot, fresh: !answer.headers.has(KEPT) };
}
