/** The screen of an interview under way: one page, and the bars above and below it.
 *
 * In: an interview and what is to happen when it is left, locked or finished. Out: an element. A
 * page is built when one comes to it or changes the language; after an answer its blocks are
 * brought up to date by their names, so that nothing under a finger is replaced.
 */

import { button, fill, h, icon } from "../dom.ts";
import { languagesOf } from "../engine/form.ts";
import { END, type Interview, wrongOn } from "../engine/interview.ts";
import { type Item, type Page, reference } from "../engine/pages.ts";
import { _, speak } from "../words.ts";
import { Block, type Mode } from "./block.ts";
import { ending, rounds } from "./between.ts";
import { askWhetherToRecord } from "./recording.ts";
import { showOverview } from "./overview.ts";

export interface Doings {
  readonly mode: Mode;
  /** How long the whole interview takes, in minutes; 0 where nobody knows. */
  readonly minutes: number;
  /** Why the interview was returned; empty where it was not. */
  readonly reason: string;
  /** Leave, where there is somewhere to go. */
  readonly home: (() => void) | null;
  readonly lock: (() => void) | null;
  readonly finish: () => Promise<void>;
  /** Put what was answered by, so as to go on elsewhere; only for those who answer alone. */
  readonly later: (() => void) | null;
}

export class Asking {
  readonly element = h("div", { class: "asking" });
  private readonly bar = h("header", { class: "bar" });
  private readonly main = h("main", { class: "page", id: "page" });
  private readonly foot = h("footer", { class: "foot" });
  private readonly live = h("p", { class: "aloud", role: "status" });
  private readonly kept = h("span", { class: "kept", role: "status" });
  private readonly count = h("span", { class: "count" });
  private readonly done = h("progress", { max: 1 });
  private readonly switch = h("div", { class: "switch", role: "group" });
  private readonly questions = button("", () => this.overview(), {
    name: "list",
    className: "icon-only",
    silent: true,
  });
  private lock: HTMLButtonElement | null = null;
  private readonly backWords = h("span");
  private readonly before = h(
    "button",
    { type: "button", class: "quiet", on: { click: () => this.back() } },
    icon("back"),
    this.backWords,
  );
  private readonly nextWords = h("span");
  private readonly next = h(
    "button",
    { type: "button", class: "next", on: { click: () => this.forward() } },
    this.nextWords,
    icon("next"),
  );
  private readonly leave = h("button", {
    type: "button",
    class: "quiet leave",
    on: { click: () => this.doings.home?.() },
  });
  private readonly later = h("button", {
    type: "button",
    class: "quiet later-on",
    on: { click: () => this.putBy() },
  });
  private blocks = new Map<string, Block>();
  private shown = "";
  private checked = false;

  constructor(
    private readonly interview: Interview,
    private readonly doings: Doings,
  ) {
    this.foot.append(this.before, this.next, this.leave);
    this.makeBar();
    this.later.hidden = !doings.later;
    this.element.append(this.bar, ...this.why(), this.main, this.later, this.foot, this.live);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  /** Show where the interview is: the page anew where it is another, else what changed. */
  show(): void {
    const { interview } = this;
    const name = `${interview.at} ${interview.language}`;
    const isNew = name !== this.shown;
    if (isNew) {
      const isMoved = this.shown.split(" ")[0] !== interview.at;
      this.shown = name;
      this.checked = this.checked && !isMoved;
      this.build();
      if (isMoved) {
        window.scrollTo(0, 0);
        this.arrive();
      }
    } else {
      this.update();
    }
    this.drawBar();
    this.drawFoot();
  }

  /** Take what stands in a field as an answer, though the pause after typing is not over. */
  flush(): void {
    const field = document.activeElement;
    if (field?.closest(".written")) {
      field.dispatchEvent(new Event("change"));
    }
  }

  /** Say that all that was answered is kept, or that it is not. */
  keeps(state: "keeping" | "kept" | "failed"): void {
    if (state === "failed" && this.kept.dataset.state !== "failed") {
      this.say(
        _(
          "The phone has no room for the answers. Free some space; until then nothing more is kept.",
        ),
      );
    }
    this.kept.dataset.state = state;
    this.kept.textContent =
      state === "kept" ? _("Saved") : state === "failed" ? _("Not saved!") : _("Saving…");
  }

  close(): void {
    this.blocks.forEach((block) => block.close());
    this.blocks.clear();
  }

  /** Say what is to be corrected, on every page: what is wrong may stand on several. */
  private why(): Node[] {
    const { reason } = this.doings;
    return reason
      ? [
          h(
            "aside",
            { class: "alert warning why" },
            h("strong", {}, _("Correct")),
            h("p", {}, reason),
          ),
        ]
      : [];
  }

  private arrive(): void {
    const first = this.first();
    if (first) {
      first.arrive();
    } else {
      this.main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    }
  }

  private putBy(): void {
    this.flush();
    this.doings.later?.();
  }

  private overview(): void {
    showOverview(this.interview, (key) => this.interview.jump(key));
  }

  private first(): Block | undefined {
    return [...this.blocks.values()].find((block) => !block.element.hidden);
  }

  private build(): void {
    this.close();
    const { page } = this.interview;
    const sections = page ? page.sections : [];
    const over = h("p", { class: "section" }, sections.join(" · "));
    if (!page) {
      fill(
        this.main,
        ending(this.interview, this.doings.mode, (press) => void this.finish(press)),
      );
    } else if (page.kind === "repeat") {
      over.textContent = sections.slice(0, -1).join(" · "); // the last one is said there
      fill(this.main, over, rounds(this.interview, page));
    } else if (page.kind === "recording") {
      fill(this.main, over, askWhetherToRecord(this.interview));
    } else {
      fill(this.main, over);
      this.place(page);
    }
  }

  private update(): void {
    const { page } = this.interview;
    if (page && page.kind !== "repeat" && page.kind !== "recording") {
      this.place(page);
    } else {
      this.build();
    }
  }

  /** Let the page hold a block for each question, those that are there already untouched. */
  private place(page: Page): void {
    const wanted = new Set(page.items.map(({ node }) => reference(node)));
    for (const [name, block] of this.blocks) {
      if (!wanted.has(name)) {
        block.close();
        block.element.remove();
        this.blocks.delete(name);
      }
    }
    let before: Element | null = this.main.firstElementChild;
    for (const item of page.items) {
      const name = reference(item.node);
      const known = this.blocks.get(name);
      const block = known ?? this.block(item, page);
      if (known) {
        known.update(this.checked);
      }
      if (before?.nextElementSibling !== block.element) {
        before?.after(block.element);
      }
      before = block.element;
    }
  }

  private block(item: Item, page: Page): Block {
    const asked = {
      mode: this.doings.mode,
      media: this.interview.form.media,
      answer: (change: () => void) => {
        change();
        this.interview.answered();
      },
      onward: () => this.forward(),
      say: (words: string) => this.say(words),
    };
    const isFirst = page.kind === "question" || page.items[0] === item;
    const block = new Block(item, asked, isFirst ? 1 : 2);
    block.update(this.checked);
    this.blocks.set(reference(item.node), block);
    return block;
  }

  private async finish(press: HTMLButtonElement): Promise<void> {
    press.disabled = true;
    try {
      await this.doings.finish();
    } catch (fault) {
      console.error(fault);
      press.disabled = false;
      this.say(
        _(
          "The interview could not be kept as finished; it stays a draft. Free some space and try again.",
        ),
      );
    }
  }

  private forward(): void {
    this.flush();
    const { page } = this.interview;
    this.checked = true;
    if (!this.interview.forward() && page) {
      const [wrong] = wrongOn(page);
      const block =
        wrong && this.main.querySelector(`[data-node="${CSS.escape(reference(wrong))}"]`);
      block?.scrollIntoView({ block: "center" });
      [...this.blocks.values()].find(({ node }) => node === wrong)?.focus();
    }
  }

  private say(words: string): void {
    this.live.textContent = words;
    this.element.querySelector(".toast")?.remove();
    const toast = h("p", { class: "toast" }, words);
    this.element.append(toast);
    window.setTimeout(() => toast.remove(), 6000);
  }

  /** The bars are made once: a button that is replaced under a finger is not pressed. */
  private drawBar(): void {
    const { interview } = this;
    this.count.textContent = this.left();
    this.done.value = interview.progress;
    this.done.setAttribute("aria-label", _("Done so far"));
    named(this.questions, _("Questions"));
    if (this.lock) {
      named(this.lock, _("Lock"));
    }
    this.switch.setAttribute("aria-label", _("Language of the questions"));
    for (const one of this.switch.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.value === interview.language));
    }
  }

  private makeBar(): void {
    const { interview, doings } = this;
    const languages = languagesOf(interview.root);
    for (const one of languages.length < 2 ? [] : languages) {
      const press = () => this.speak(one.name, one.code);
      const about = {
        type: "button",
        lang: one.code,
        title: one.label,
        "aria-label": one.label,
      };
      const words = short(one.code, one.label);
      this.switch.append(h("button", { ...about, value: one.name, on: { click: press } }, words));
    }
    this.lock =
      doings.lock &&
      button("", doings.lock, { name: "lock", className: "icon-only", silent: true });
    const row = h(
      "div",
      { class: "row" },
      this.questions,
      this.count,
      this.kept,
      this.switch,
      this.lock,
    );
    this.bar.append(row, this.done);
  }

  /** Say where one is: the number of the question, and the minutes that are left. */
  private left(): string {
    const { interview, doings } = this;
    const rest = Math.ceil(doings.minutes * interview.left);
    const place = interview.at === END ? "" : String(interview.index + 1);
    return rest > 0 ? `${place} · ${_("{count} min left", { count: rest })}` : place;
  }

  private speak(name: string, code: string): void {
    speak(code);
    this.interview.speak(name);
  }

  private drawFoot(): void {
    const { interview } = this;
    const isEnd = interview.at === END;
    this.backWords.textContent = interview.index === 0 ? _("Leave") : _("Back");
    this.nextWords.textContent = interview.page?.kind === "repeat" ? _("No, go on") : _("Next");
    const { page, recording } = interview;
    this.next.hidden = isEnd || (page?.kind === "recording" && !recording);
    this.leave.hidden = !isEnd || !this.doings.home;
    this.before.hidden = interview.index === 0 && !this.doings.home;
    this.leave.textContent = _("Leave, keep as a draft");
    this.later.textContent = _("Continue later");
  }

  private back(): void {
    if (this.interview.index === 0) {
      this.doings.home?.();
    } else {
      this.interview.back();
    }
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key === "Enter" && target instanceof HTMLInputElement && target.type !== "search") {
      event.preventDefault();
      this.forward();
    }
  }
}

/** Say what a button does that has an icon alone. */
function named(one: HTMLButtonElement, words: string): void {
  one.title = words;
  one.setAttribute("aria-label", words);
}

/** Return what a switch says: three letters that people know. */
function short(code: string, label: string): string {
  const known: Readonly<Record<string, string>> = { kk: "ҚАЗ", ru: "РУС", en: "ENG" };
  return known[code] ?? label.slice(0, 3).toLocaleUpperCase();
}
