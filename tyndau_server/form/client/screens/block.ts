/** One question on the screen: its words, the note for the interviewer, its control, what is wrong.
 *
 * What is read aloud and what only the interviewer should know stand apart: the label is read, the
 * hint is a note. Whoever fills the form in alone gets the hint as part of the question.
 */

import { fill, h, icon, unique } from "../dom.ts";
import type { Media } from "../engine/form.ts";
import type { Control, Item } from "../engine/pages.ts";
import { reference } from "../engine/pages.ts";
import { plain, rich, type Text } from "../texts.ts";
import { choose } from "../widgets/choose.ts";
import type { Surroundings, Widget } from "../widgets/widget.ts";
import { _ } from "../words.ts";

export type Mode = "interviewer" | "respondent";

export interface Asked {
  readonly mode: Mode;
  readonly media: Media;
  readonly answer: (change: () => void) => void;
  readonly onward: () => void;
  readonly say: (words: string) => void;
}

export class Block {
  readonly element: HTMLElement;
  readonly node: Control;
  private readonly label: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly error: HTMLElement;
  private readonly widget: Widget | null;
  private readonly other: Block | null;

  /** `level` is that of the heading; `line` is set for a field that holds one line. */
  constructor(
    item: Item,
    private readonly asked: Asked,
    level: 1 | 2 = 1,
    line = false,
  ) {
    this.node = item.node;
    const ids = { label: unique("label"), hint: unique("hint"), error: unique("error") };
    const isNote = item.node.nodeType === "note";
    this.label = h(level === 1 ? "h1" : "h2", { id: ids.label, class: "label", tabindex: -1 });
    this.hint = h("div", {
      id: ids.hint,
      class: asked.mode === "interviewer" ? "aside" : "hint",
    });
    this.error = h("p", { id: ids.error, class: "error", role: "alert" });
    this.widget = choose(item.node, this.surroundings(ids.label, `${ids.hint} ${ids.error}`), line);
    this.other = item.other ? new Block(alone(item.other), asked, 2, true) : null;
    this.element = h(
      "section",
      {
        class: `block ${item.node.nodeType} ${isNote ? "aloud-text" : ""}`,
        "data-node": reference(item.node),
      },
      item.heading ? h("h2", { class: "part" }, item.heading) : null,
      item.stem ? h("div", { class: "stem" }, ...rich(item.stem, asked.media)) : null,
      this.label,
      this.hint,
      this.error,
      this.widget?.element,
      this.other?.element,
    );
    this.words();
    this.update(false);
  }

  /** Bring it up to what the form holds; `checked` is set once one wanted to go on. */
  update(checked: boolean): void {
    const state = this.node.currentState;
    this.element.hidden = !state.relevant;
    if (!state.relevant) {
      return;
    }
    this.widget?.update();
    const wrong = this.node.validationState.violation;
    const isShown = wrong && (checked || (wrong.condition === "constraint" && this.isAnswered));
    const words = isShown ? plain(wrong.message) || defaultWords(wrong.condition) : "";
    if (this.error.textContent !== words) {
      this.error.textContent = words;
    }
    this.element.classList.toggle("wrong", Boolean(isShown));
    this.updateOther(checked);
    this.dynamic();
  }

  /** Below a long list the field for "other" opens out of sight: bring it there. */
  private updateOther(checked: boolean): void {
    const { other } = this;
    const wasHidden = other?.element.hidden;
    other?.update(checked);
    if (wasHidden && !other?.element.hidden) {
      other?.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
  }

  focus(): void {
    if (this.widget && !this.element.hidden) {
      this.widget.focus();
    } else {
      this.label.focus();
    }
  }

  /** Put the eye of a screen reader at the question; a field to write in takes the keyboard. */
  arrive(): void {
    const field = this.element.querySelector<HTMLElement>(
      ".written:not(.short) :is(input, textarea)",
    );
    (field && !this.other ? field : this.label).focus({ preventScroll: true });
  }

  close(): void {
    this.widget?.close?.();
    this.other?.close();
  }

  private get isAnswered(): boolean {
    return this.node.currentState.instanceValue !== "";
  }

  private said = "";

  /** Say the words anew where they depend on answers. */
  private dynamic(): void {
    const { label, hint } = this.node.currentState;
    const said = `${label?.asString ?? ""}\n${hint?.asString ?? ""}`;
    if (said !== this.said) {
      this.words();
    }
  }

  private words(): void {
    const { label, hint } = this.node.currentState;
    this.said = `${label?.asString ?? ""}\n${hint?.asString ?? ""}`;
    fill(this.label, ...labelled(label, this.asked.media, this.node));
    const notes = rich(hint, this.asked.media);
    this.hint.hidden = notes.length === 0;
    if (notes.length > 0) {
      const isNote = this.asked.mode === "interviewer";
      const whom = isNote ? h("span", { class: "aloud" }, `${_("For the interviewer")}: `) : null;
      fill(this.hint, isNote ? icon("note") : null, h("div", {}, whom, ...notes));
    }
  }

  private surroundings(labelledBy: string, describedBy: string): Surroundings {
    const { media, answer, onward, say } = this.asked;
    const readonly = () => this.node.currentState.readonly;
    return { media, labelledBy, describedBy, readonly, answer, onward, say };
  }
}

function alone(node: Control): Item {
  return { node, other: null, stem: null, heading: "" };
}

function labelled(label: Text, media: Media, node: Control): Node[] {
  const nodes = rich(label, media);
  return plain(label) || nodes.length > 0
    ? nodes
    : [document.createTextNode(reference(node).split("/").pop() ?? "")];
}

function defaultWords(condition: "constraint" | "required"): string {
  return condition === "required"
    ? _("An answer is needed here.")
    : _("This answer does not fit. Check it.");
}
