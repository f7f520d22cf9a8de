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
 * without caching. data-boot is asked again with `?fresh`; that answer is never kept in the clear.
 * Every address below is of the same origin. Policy of the page: script-src 'self'
 * 'wasm-unsafe-eval'; style-src 'self'; img-src and media-src 'self' blob:; worker-src 'self';
 * connect-src 'self'; and Permissions-Policy must let in camera, microphone and geolocation.
 *
 * The answer of `submit` is described in keep/send.ts, what is sent in keep/seal.ts.
 */

import type { Confided } from "./keep/confided.ts";

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
  /** To a respondent: what is asked and who asks it, by language. */
  readonly about?: About;
  /** To a respondent: the folder in which unfinished answers can be put by (keep/unfinished.ts). */
  readonly unfinished?: string;
  /** Where finished interviews go; it holds whatever secret lets them in. */
  readonly submit: string;
  /** To an interviewer: where contacts, questions and the phone's own state go (keep/reports.ts). */
  readonly reports?: string;
  /** To an interviewer: the points, and by which rules one works there. */
  readonly field?: FieldOffer;
  /** To an interviewer: how far the own work is, as of this answer. */
  readonly progress?: Progress;
  /** What is for the interviewer alone, sealed; null until the phone has told its key. It is in an
   * answer to `?fresh` alone.
   */
  readonly confided?: Confided | null;
  /** Where an interviewer's own interviews that may be corrected are listed (keep/returned.ts). */
  readonly sent?: string;
  /** The key to which finished interviews are sealed: its name and its point on P-256 (65 bytes,
   * base64).
   */
  readonly key: { readonly id: string; readonly point: string };
  /** The server's time, ISO 8601; by it a wrong clock is noticed. */
  readonly now: string;
}

export type About = Readonly<
  Record<string, { readonly title: string; readonly asker: string } | undefined>
>;

export interface FormOffer {
  readonly id: string;
  readonly version: string;
  readonly population?: string;
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

/** What people read, by language. */
export type Said = Readonly<Record<string, string>>;

export interface FieldOffer {
  /** The rules of the route: by kind of point (`listed`: with a list of dwellings), then by language. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly plans: readonly PointPlan[];
}

/** The points of a population. */
export interface PointPlan {
  readonly population: string;
  /** The question that holds the code of the point. */
  readonly question: string;
  /** Whether the points are the interviewer's own; else all that are planned. */
  readonly assigned: boolean;
  readonly points: readonly Point[];
}

export interface Point {
  readonly code: string;
  readonly name: Said;
  readonly territory: Said;
  readonly kind: "street" | "parking" | "dwelling";
  readonly step: number;
  /** Number of the first person, car or door. */
  readonly start: number;
  readonly side: "left" | "right" | "";
  readonly planned: number;
  /** Code of the point that it may replace; empty for a point of the plan. */
  readonly substitute: string;
  /** Latitude and longitude in degrees, where they are known. */
  readonly place: readonly [number, number] | null;
  /** In the order of walking; absent in what a phone kept of an earlier version. */
  readonly streets?: readonly StreetOfPoint[];
  readonly shifts: readonly {
    readonly day: string;
    readonly begins: string;
    readonly ends: string;
    readonly interviews: number;
  }[];
}

export interface StreetOfPoint {
  /** With its houses, where they are known. */
  readonly name: Said;
  /** The interviewer's own addresses on it, as 12 or 12-4; which of them answered is kept nowhere. */
  readonly doors: readonly string[];
}

export interface Progress {
  readonly planned: number;
  readonly made: number;
  readonly accepted: number;
  readonly returned: number;
  /** As the days, absent in what a phone kept of an earlier version. */
  readonly rejected?: number;
  /** Finished interviews by day, the latest first. */
  readonly days?: readonly {
    readonly day: string;
    readonly made: number;
    readonly accepted: number;
    readonly returned: number;
    readonly rejected: number;
  }[];
  /** When it was counted, ISO 8601. */
  readonly asOf: string;
  /** Quota cells of the own share of which something is left; `open` is left to whoever is first. */
  readonly needed: readonly {
    readonly label: Said;
    readonly left: number;
    readonly open: number;
  }[];
}

/** Sums are in tenge, as text with two decimals. */
export interface Pay {
  readonly accepted: number;
  readonly rate: string;
  readonly earned: string;
  readonly cuts: readonly { readonly amount: string; readonly reason: string }[];
  readonly owed: string;
  /** When it was reckoned, ISO 8601. */
  readonly asOf: string;
}

export interface Answer {
  readonly uid: string;
  readonly text: string;
  readonly answer: string;
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
