/** What an interviewer does besides interviews: counting at a point, asking, looking up progress.
 *
 * In: an opened vault and what the app can do. Out: elements for the first screen, and screens of its
 * own. Each tap is on the disk, encrypted, with the contact that came of it; contacts wait sealed.
 */

import type { Boot, FormOffer, Point, PointPlan } from "./boot.ts";
import { addressed, begun, type Count, isReached, passed, passedOver } from "./counting.ts";
import { bandFrom } from "./distance.ts";
import { button, type Child, fill, h } from "./dom.ts";
import type { Given } from "./engine/prefill.ts";
import type { ToHolder } from "./keep/confided.ts";
import { Own } from "./keep/own.ts";
import { type Contact, type Item, type Outcome, untold, type Way } from "./keep/reports.ts";
import { clockAhead } from "./keep/space.ts";
import type { Vault } from "./keep/vault.ts";
import { type Asked, answers, showProgress, showQuestions, warnings } from "./screens/desk.ts";
import { choosePoint, isListed, said, showPoint } from "./screens/point.ts";
import { _ } from "./words.ts";

// The question, if a form has it, that takes how many refused since the last interview here.
const REFUSALS = "refusals_before";
const REMEMBERED = 30;

export interface Around {
  readonly boot: () => Boot;
  readonly confided: () => ToHolder | null;
  /** Begin an interview; return its instanceID, empty where the form does not open. */
  readonly begin: (offer: FormOffer, given: Given) => Promise<string>;
  readonly home: () => Promise<void>;
  readonly lock: () => void;
  readonly send: () => void;
}

interface Kept {
  readonly population: string;
  readonly code: string;
  readonly counts: Readonly<Record<string, Count>>;
}

type Saved = "" | "keeping" | "kept" | "failed";
type Name = "point" | "points" | "progress" | "questions";

export class Field {
  private readonly ownPoints: Own<Kept>;
  private readonly ownQuestions: Own<readonly Asked[]>;
  private kept: Kept | null = null;
  private asked: readonly Asked[] = [];
  private read: Promise<void> | null = null;
  private writing: Promise<void> = Promise.resolve();
  private name: Name | null = null;
  private screen: HTMLElement | null = null;
  private saved: Saved = "";
  private readonly state = h("span", { class: "kept", role: "status" });
  private readonly takenBack = new Set<string>();

  constructor(
    private readonly place: HTMLElement,
    private readonly vault: Vault,
    private readonly around: Around,
  ) {
    this.ownPoints = new Own(vault, "points");
    this.ownQuestions = new Own(vault, "questions");
  }

  /** Return what the first screen shows of the field. */
  async entries(): Promise<Child[]> {
    await this.ready();
    const { field } = this.around.boot();
    const here = this.here();
    const waiting = await untold(this.vault.owner);
    const small = (words: string, name: Name, icon: "list" | "note") =>
      button(words, () => void this.open(name), { name: icon, className: "quiet" });
    return [
      ...answers(this.asked, (uid) => void this.see(uid)),
      warnings(this.around.confided()?.warnings ?? []),
      field && field.plans.length > 0
        ? h(
            "button",
            {
              type: "button",
              class: "big here",
              on: { click: () => void this.open(here ? "point" : "points") },
            },
            h("strong", {}, _("At the point")),
            h("span", {}, here ? said(here.point.name) : _("Choose a point")),
          )
        : null,
      h(
        "div",
        { class: "row field" },
        small(_("My progress"), "progress", "list"),
        small(_("Ask the supervisor"), "questions", "note"),
      ),
      waiting.length > 0
        ? h(
            "p",
            { class: "muted untold" },
            _("Counts and questions unsent: {count}", { count: waiting.length }),
          )
        : null,
    ];
  }

  /** Show the screen on which one was; false where that is the first one. */
  async show(): Promise<boolean> {
    if (this.name && !this.screen?.isConnected) {
      await this.ready();
      this.draw();
    }
    return this.name !== null;
  }

  /** Show what was learned meanwhile of what is owed. */
  renewed(): void {
    if (this.name === "progress" && this.screen?.isConnected) {
      this.draw();
    }
  }

  /** Go back by one screen; false where one is at the first. */
  back(): boolean {
    if (!this.name) {
      return false;
    }
    this.name = null;
    this.screen?.remove();
    void this.around.home();
    return true;
  }

  private ready(): Promise<void> {
    this.read ??= this.load();
    return this.read.then(() => this.learn());
  }

  private async load(): Promise<void> {
    this.kept = await this.ownPoints.get();
    this.asked = (await this.ownQuestions.get()) ?? [];
  }

  /** Remember answers that came. */
  private async learn(): Promise<void> {
    const known = new Map(this.asked.map((one) => [one.uid, one]));
    const news = (this.around.confided()?.answers ?? []).filter(
      ({ uid, answer }) => known.get(uid)?.answer !== answer,
    );
    if (news.length > 0) {
      for (const { uid, text, answer } of news) {
        const asked = known.get(uid)?.asked ?? 0;
        known.set(uid, { uid, text, asked, answer, seen: false });
      }
      await this.remember([...known.values()]);
    }
  }

  private async remember(asked: readonly Asked[], items: readonly Item[] = []): Promise<void> {
    this.asked = asked.slice(-REMEMBERED);
    await this.ownQuestions.put(this.asked, this.way(), items);
  }

  private async see(uid: string): Promise<void> {
    await this.remember(this.asked.map((one) => (one.uid === uid ? { ...one, seen: true } : one)));
    await this.around.home();
  }

  private way(): Way | undefined {
    const { reports, key } = this.around.boot();
    return reports ? { owner: this.vault.owner, submit: reports, key } : undefined;
  }

  private async open(name: Name): Promise<void> {
    await this.ready();
    if (!this.name) {
      window.history.pushState({ field: true }, "");
    }
    this.name = name;
    this.draw();
  }

  private draw(): void {
    const shown = this.shown();
    this.says(this.saved);
    this.screen = h("div", { class: "asking" }, this.bar(), ...shown);
    fill(this.place, this.screen);
  }

  private shown(): Child[] {
    const { field, progress } = this.around.boot();
    const here = this.here();
    if (this.name === "progress") {
      return [showProgress(progress, this.around.confided()?.pay, field?.plans ?? [])];
    }
    if (this.name === "questions") {
      return [showQuestions(this.asked, (text) => void this.ask(text))];
    }
    if (this.name === "point" && here) {
      return this.counter(here.plan, here.point);
    }
    this.name = "points";
    return [choosePoint(field?.plans ?? [], (plan, point) => void this.choose(plan, point))];
  }

  private bar(): HTMLElement {
    const look = (name: "back" | "lock") => ({ name, className: "icon-only", silent: true });
    return h(
      "header",
      { class: "bar" },
      h(
        "div",
        { class: "row" },
        button(_("Back"), () => this.back(), look("back")),
        h("span", { class: "who" }, this.around.boot().holder.name),
        this.state,
        button(_("Lock"), this.around.lock, look("lock")),
      ),
    );
  }

  private here(): { plan: PointPlan; point: Point } | null {
    const { population, code } = this.kept ?? {};
    const plan = this.around.boot().field?.plans.find((one) => one.population === population);
    const point = plan?.points.find((one) => one.code === code);
    return plan && point ? { plan, point } : null;
  }

  private async choose({ population }: PointPlan, { code }: Point): Promise<void> {
    this.name = "point";
    this.put({ population, code, counts: this.kept?.counts ?? {} }, []);
    this.draw();
    window.scrollTo(0, 0);
    await this.writing;
  }

  private counter(plan: PointPlan, point: Point): Child[] {
    const count = this.count(plan, point);
    const { field } = this.around.boot();
    const spoken = field?.rules[isListed(point) ? "listed" : point.kind] ?? {};
    const rules = spoken[document.documentElement.lang] ?? spoken["ru"] ?? [];
    const day = today();
    // Once folded or unfolded by hand they stay so while one counts.
    const isNew = count.before === null && Object.keys(count.tally).length === 0;
    const unfolded = {
      rules: this.isOpen(".of-rules") ?? isNew,
      streets: this.isOpen(".of-streets") ?? false,
    };
    const next = (to: Count, items: readonly Item[] = []) => {
      this.step(plan, point, to, items);
      if (isReached(to) && !isReached(count)) {
        navigator.vibrate?.(200);
      }
    };
    return showPoint(
      { point, count, rules, unfolded, day, asks: this.offer(plan) !== undefined },
      {
        pass: () => next(passed(count)),
        passOver: () => next(passedOver(count)),
        address: (outcome) => void this.address(plan, point, outcome),
        undo: () => {
          const { before } = count;
          if (before) {
            this.takenBack.add(before.uid);
            next(before.count, before.uid ? [{ kind: "none", uid: before.uid }] : []);
          }
        },
        another: () => void this.open("points"),
      },
    );
  }

  private isOpen(part: string): boolean | undefined {
    return this.screen?.querySelector<HTMLDetailsElement>(part)?.open;
  }

  private count({ population }: PointPlan, point: Point): Count {
    const start = isListed(point) ? 0 : point.start;
    return this.kept?.counts[`${population}/${point.code}`] ?? begun(start);
  }

  private step(
    { population }: PointPlan,
    { code }: Point,
    count: Count,
    items: readonly Item[],
  ): void {
    const counts = { ...this.kept?.counts, [`${population}/${code}`]: count };
    this.put({ population, code, counts }, items);
    if (this.screen?.isConnected) {
      this.draw();
    }
  }

  /** Keep a tap; taps that come meanwhile are kept after it. */
  private put(kept: Kept, items: readonly Item[]): void {
    this.kept = kept;
    const way = this.way();
    this.says("keeping");
    const written = this.writing.then(() => this.ownPoints.put(kept, way, items));
    this.writing = written.then(
      () => {
        if (this.kept === kept) {
          this.says("kept");
        }
        if (items.length > 0) {
          this.around.send();
        }
      },
      (fault: unknown) => {
        console.error(fault);
        this.says("failed");
      },
    );
  }

  private says(state: Saved): void {
    this.saved = state;
    this.state.dataset.state = state;
    const words = { "": "", kept: _("Saved"), keeping: _("Saving…"), failed: _("Not saved!") };
    this.state.textContent = words[state];
  }

  private async address(plan: PointPlan, point: Point, outcome: Outcome): Promise<void> {
    const count = this.count(plan, point);
    const offer = this.offer(plan);
    let interview = "";
    if (outcome === "interview" && offer) {
      const given = { [plan.question]: point.code, [REFUSALS]: String(count.refusals) };
      interview = await this.around.begin(offer, given);
      if (!interview) {
        return; // the form does not open; the person is still the one to address
      }
    }
    const contact: Contact = {
      kind: "contact",
      uid: crypto.randomUUID(),
      population: plan.population,
      point: point.code,
      moment: new Date().toISOString(),
      clock: clockAhead(),
      outcome,
      passed: count.passed,
      interview,
      band: "",
    };
    const { uid } = contact;
    const to = addressed(count, outcome, {
      step: isListed(point) ? 0 : point.step,
      day: today(),
      uid,
    });
    this.step(plan, point, to, [contact]);
    if (interview && point.place) {
      const band = await bandFrom(point.place);
      if (band && !this.takenBack.has(uid) && this.kept) {
        this.put(this.kept, [{ ...contact, band }]);
      }
    }
  }

  private offer({ population }: PointPlan): FormOffer | undefined {
    const of = this.around.boot().forms.filter((one) => one.population === population);
    return of.find(({ pilot }) => !pilot) ?? of[0];
  }

  private async ask(text: string): Promise<void> {
    const uid = crypto.randomUUID();
    const now = new Date();
    const question = {
      kind: "question",
      uid,
      text,
      moment: now.toISOString(),
      clock: clockAhead(),
    } as const;
    const asked = { uid, text, asked: now.getTime(), answer: "", seen: false };
    await this.remember([...this.asked, asked], [question]);
    this.draw();
    this.around.send();
  }
}

/** Return the day by the phone's calendar, as 2026-11-28. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
