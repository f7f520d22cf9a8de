/** An interview under way: where one is, what was answered, what is wrong, what goes along.
 *
 * In: a form that is open. Out: pages, answers, steps forward and back, the log of all of it, and
 * at the end the XML with its files. It draws nothing and keeps nothing; whoever does listens by
 * `changed`.
 */

import type { RootNode, UploadNode } from "@getodk/xforms-engine";
import { Audit, type AuditEvent } from "./audit.ts";
import { activeLanguage, type Form, setLanguage } from "./form.ts";
import { consentFirst, tookPart } from "./consent.ts";
import { correctsOf, instanceOf } from "./meta.ts";
import { type Control, type Page, pagesOf, reference } from "./pages.ts";
import { type Recording, RECORDING, recordsSound, withRecording } from "./recording.ts";

export const END = "#end";
export const AUDIT = "audit.csv";

/** What a draft must hold besides the XML and the files, to go on as if nothing had happened. */
export interface Standing {
  readonly at: string;
  readonly language: string;
  readonly events: AuditEvent[];
  readonly seed: number;
  readonly started: number;
  /** Whether the respondent lets answers be recorded; drafts of earlier do not say. */
  readonly recording?: Recording;
}

export interface Finished {
  readonly xml: string;
  readonly instance: string;
  /** The instanceID of the version that it corrects, or empty. */
  readonly corrects: string;
  readonly files: readonly File[];
}

export class Interview {
  pages: readonly Page[];
  at: string;
  recording: Recording;
  readonly audit: Audit;
  /** Called after every answer and step; what must be kept is kept by it. */
  changed: () => void = () => undefined;

  constructor(
    readonly form: Form,
    readonly root: RootNode,
    readonly user: string,
    private readonly standing: Standing,
    /** Whether the study lets answers be recorded at all. */
    private readonly mayRecord = false,
  ) {
    this.recording = standing.recording ?? "";
    this.audit = new Audit(form.audit, user, standing.events);
    if (standing.language) {
      setLanguage(root, standing.language);
    }
    this.order = [...new Set(questions(root))];
    this.pages = this.asked();
    this.at = this.has(standing.at) ? standing.at : (this.pages[0]?.key ?? END);
    this.audit.note(standing.events.length > 0 ? "form resume" : "form start");
    this.shown();
  }

  get page(): Page | null {
    return this.pages.find((one) => one.key === this.at) ?? null;
  }

  get index(): number {
    const found = this.pages.findIndex((one) => one.key === this.at);
    return found < 0 ? this.pages.length : found;
  }

  /** How much of the questionnaire lies behind, from 0 to 1, by the order of all its questions:
   * what is not asked is passed over, so that it never goes back while one goes on.
   */
  get progress(): number {
    return this.at === END ? 1 : this.place / Math.max(this.order.length, 1);
  }

  /** How much of it may still be asked, from 1 to 0, by the answers so far. */
  get left(): number {
    return this.at === END ? 0 : this.form.conditions.left(this.order, this.relevant, this.place);
  }

  /** Where one is in the order of all questions. */
  private get place(): number {
    const key = this.at === RECORDING ? this.pages[this.index + 1]?.key : this.at;
    const page = this.pages.find((one) => one.key === key);
    const first = page?.items[0] ? reference(page.items[0].node) : (key ?? "");
    return Math.max(this.order.indexOf(unnumbered(first.replace("#more", ""))), 0);
  }

  get language(): string {
    return activeLanguage(this.root);
  }

  get xml(): string {
    return this.root.instanceState.instanceXML;
  }

  /** The instanceID by whose code answers can be withdrawn; empty where none is given, because the
   * respondent did not take part or has the code of an earlier version.
   */
  get withdrawal(): string {
    const xml = this.xml;
    return correctsOf(xml) || !tookPart(this.root, this.form.conditions) ? "" : instanceOf(xml);
  }

  /** What a draft keeps of where one is. */
  get stands(): Standing {
    const { seed, started } = this.standing;
    const { at, language, recording } = this;
    return { at, language, events: this.audit.events, seed, started, recording };
  }

  /** Tell that an answer was given. */
  answered(): void {
    this.pages = this.asked();
    this.changed();
  }

  /** Keep whether answers may be recorded; what was recorded goes where they may not. */
  record(agreed: "yes" | "no"): void {
    this.audit.note("recording", "", this.recording, agreed);
    this.recording = agreed;
    if (agreed === "no") {
      uploads(this.root)
        .filter(recordsSound)
        .forEach((node) => node.setValue(null));
    }
    this.forward();
  }

  /** Go to the next page; false where something on this one is wrong. */
  forward(): boolean {
    const page = this.page;
    if (page?.kind === "recording" && !this.recording) {
      return false;
    }
    const wrong = page ? wrongOn(page) : [];
    for (const node of wrong) {
      this.audit.note("constraint error", reference(node));
    }
    if (wrong.length > 0) {
      this.changed();
      return false;
    }
    const before = this.index;
    this.pages = this.asked();
    const here = this.page ? this.index + 1 : before;
    this.stand(this.pages[here]?.key ?? END);
    return true;
  }

  back(): void {
    this.stand(this.pages[this.index - 1]?.key ?? this.at);
  }

  jump(key: string): void {
    this.audit.note("jump", key.startsWith("/") ? key.replace("#more", "") : "");
    this.stand(key);
  }

  speak(language: string): void {
    const before = this.language;
    if (before !== language) {
      setLanguage(this.root, language);
      this.audit.note("language", this.at.startsWith("/") ? this.at : "", before, language);
      this.pages = this.asked();
      this.changed();
    }
  }

  /** Add a round to the repeat of this page, and go to its first question. */
  addRound(): void {
    const range = this.page?.range;
    if (range?.nodeType === "repeat-range:uncontrolled") {
      const at = this.index;
      range.addInstances();
      this.pages = this.asked();
      this.stand(this.pages[at]?.key ?? END);
    }
  }

  removeRound(at: number): void {
    const range = this.page?.range;
    if (range?.nodeType === "repeat-range:uncontrolled") {
      this.audit.note("delete repeat", `${reference(range)}[${at + 1}]`);
      range.removeInstances(at);
      this.answered();
    }
  }

  /** Return the pages on which something is wrong, in their order. */
  wrong(): readonly Page[] {
    const names = new Set(this.root.validationState.violations.map((one) => one.nodeId));
    return this.pages.filter((page) =>
      page.items.some(
        ({ node, other }) => names.has(node.nodeId) || (other && names.has(other.nodeId)),
      ),
    );
  }

  /** Note that one goes away from the interview, which stays a draft. */
  leave(): void {
    this.audit.leave((node) => this.valueAt(node));
    this.audit.note("form exit");
  }

  /** Return the interview as it is handed in. */
  async finish(): Promise<Finished> {
    this.audit.leave((node) => this.valueAt(node));
    this.audit.note("form finalize");
    // Only this call sets what is known at the end alone, such as when that was.
    const { data } = await this.root.prepareInstancePayload();
    const xml = withAudit(await data[0].get("xml_submission_file").text());
    const log = new File([this.audit.csv()], AUDIT, { type: "text/csv" });
    const files = [...this.files(), log];
    return { xml, instance: instanceOf(xml), corrects: correctsOf(xml), files };
  }

  /** Return the files of questions that are asked. */
  files(): readonly File[] {
    return uploads(this.root)
      .filter((node) => node.currentState.relevant)
      .map((node) => node.currentState.value)
      .filter((file): file is File => file !== null);
  }

  private readonly order: readonly string[];

  private relevant: ReadonlySet<string> = new Set();

  /** Return the pages as they are asked now. */
  private asked(): readonly Page[] {
    const pages = withRecording(pagesOf(this.root), this.mayRecord, this.recording);
    this.relevant = new Set(pages.flatMap(pathsOf));
    return consentFirst(pages, this.form.conditions);
  }

  private has(key: string): boolean {
    return key === END || this.pages.some((one) => one.key === key);
  }

  private stand(key: string): void {
    this.audit.leave((node) => this.valueAt(node));
    this.at = key;
    this.shown();
    this.changed();
  }

  private shown(): void {
    const page = this.page;
    if (!page) {
      this.audit.show("end screen", [{ node: "", value: "" }]);
    } else if (page.kind === "recording") {
      this.audit.show("recording question", [{ node: "", value: "" }]);
    } else if (page.kind === "repeat") {
      this.audit.show("add repeat", [{ node: page.key.replace("#more", ""), value: "" }]);
    } else {
      const nodes = page.items.flatMap(({ node, other }) => (other ? [node, other] : [node]));
      const seen = nodes.map((node) => ({ node: reference(node), value: valueOf(node) }));
      this.audit.show(page.kind === "list" ? "group questions" : "question", seen);
    }
  }

  private valueAt(path: string): string {
    for (const page of this.pages) {
      for (const { node, other } of page.items) {
        for (const one of [node, other]) {
          if (one && reference(one) === path) {
            return valueOf(one);
          }
        }
      }
    }
    return "";
  }
}

export function valueOf(node: Control): string {
  return node.currentState.instanceValue;
}

/** Return the questions of a page with whose answer the form is not content. */
export function wrongOn(page: Page): readonly Control[] {
  return page.items
    .flatMap(({ node, other }) => (other?.currentState.relevant ? [node, other] : [node]))
    .filter((node) => node.currentState.relevant && node.validationState.violation);
}

interface Walked {
  readonly nodeType: string;
  readonly currentState: {
    readonly children: readonly unknown[] | null;
    readonly reference: string;
  };
}

function uploads(node: Walked): UploadNode[] {
  if (node.nodeType === "upload") {
    return [node as unknown as UploadNode];
  }
  return (node.currentState.children ?? []).flatMap((child) => uploads(child as Walked));
}

/** Return the names of all questions in their order, whether they are asked or not. */
function questions(node: Walked): string[] {
  const children = (node.currentState.children ?? []) as Walked[];
  const inside = children.flatMap(questions);
  const isAsked = node.currentState.children === null && node.nodeType !== "model-value";
  return isAsked || node.nodeType.startsWith("repeat-range")
    ? [...inside, unnumbered(reference(node))]
    : inside;
}

/** Return the paths of all that a page asks, without the numbers of rounds. */
function pathsOf({ items, range }: Page): string[] {
  const nodes = items.flatMap(({ node, other }) =>
    other?.currentState.relevant ? [node, other] : [node],
  );
  return [...nodes, ...(range ? [range] : [])].map((node) => unnumbered(reference(node)));
}

/** Return a path without the numbers of rounds. */
function unnumbered(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

/** Name the log in the XML, where the form has a place for it. */
function withAudit(xml: string): string {
  const parsed = new DOMParser().parseFromString(xml, "text/xml");
  const place = parsed.getElementsByTagNameNS("*", "meta")[0]?.getElementsByTagNameNS("*", "audit");
  if (!place?.[0]) {
    return xml;
  }
  place[0].textContent = AUDIT;
  return new XMLSerializer().serializeToString(parsed);
}
