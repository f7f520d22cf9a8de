/** Choosing one or several of a list: large rows, a grid of pictures, a scale in a row, a long list
 * with a search, a card to show.
 *
 * Options are kept by their code: a list that changes under the finger changes only where it
 * differs.
 */

import type { SelectNode } from "@getodk/xforms-engine";
import { button, fill, h, unique } from "../dom.ts";
import { hasWords, plain, rich } from "../texts.ts";
import { _ } from "../words.ts";
import { showCard } from "./card.ts";
import { isExclusive, isUnsaid, meaning, ordered, pressed } from "./meaning.ts";
import { columns, scaleOf } from "./scale.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";

type Item = SelectNode["currentState"]["valueOptions"][number];

// From this many options on a list has a search; with an appearance that asks for one, from fewer.
const LONG = 20;
const LONGISH = 8;
// More are not drawn at once: a city has thousands of streets, and nobody scrolls through them.
const DRAWN = 100;

interface Row {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly words: HTMLElement;
  said: string;
}

export function select(node: SelectNode, around: Surroundings): Widget {
  return new Select(node, around);
}

class Select implements Widget {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "options" });
  private readonly empty = h("p", { class: "none", hidden: true });
  private readonly rows = new Map<string, Row>();
  private readonly name = unique("choice");
  private readonly search: HTMLInputElement;
  private readonly found = h("p", { class: "found", role: "status" });
  private readonly several: boolean;
  private readonly looks: SelectNode["appearances"];

  constructor(
    private readonly node: SelectNode,
    private readonly around: Surroundings,
  ) {
    this.several = node.selectType === "select";
    this.looks = node.appearances;
    this.search = h("input", {
      type: "search",
      autocomplete: "off",
      enterkeyhint: "search",
      on: { input: () => this.update() },
    });
    const role = this.several ? "group" : "radiogroup";
    this.element = h(
      "div",
      {
        class: `select ${this.looks["no-buttons"] ? "bare" : ""}`,
        role,
        ...described(around),
      },
      h("div", { class: "seek" }, this.search, this.found),
      this.list,
      this.empty,
      this.card(),
    );
    this.update();
  }

  focus(): void {
    const chosen = this.list.querySelector<HTMLElement>("input:checked");
    (chosen ?? this.list.querySelector<HTMLElement>("input"))?.focus();
  }

  update(): void {
    const options = this.options();
    const isLong = this.isLong(options.length);
    const asked = isLong ? this.search.value : "";
    const matching = options.filter((one) => hasWords(plain(one.label), asked));
    const scale = isLong ? null : scaleOf(options);
    const drawn = this.drawn(matching, isLong);
    this.layout(options, scale !== null, isLong);
    this.place(drawn, scale);
    this.search.placeholder = _("Find in the list");
    this.search.setAttribute("aria-label", _("Find in the list"));
    this.found.textContent = isLong ? _("Found: {count}", { count: matching.length }) : "";
    this.empty.hidden = options.length > 0;
    this.empty.textContent = _("There is nothing to choose from here. Go on.");
  }

  private options(): readonly Item[] {
    const given: readonly Item[] = this.node.currentState.valueOptions;
    return ordered(given, isShuffled(this.node));
  }

  private isLong(count: number): boolean {
    const asks = this.looks.minimal || this.looks.autocomplete;
    return count > (asks ? LONGISH : LONG);
  }

  /** Return the options to draw: of a very long list the first, and always those chosen. */
  private drawn(matching: readonly Item[], isLong: boolean): readonly Item[] {
    if (!isLong || matching.length <= DRAWN) {
      return matching;
    }
    const chosen = matching.slice(DRAWN).filter((one) => this.node.isSelected(one.value));
    return [...matching.slice(0, DRAWN), ...chosen];
  }

  private layout(options: readonly Item[], isScale: boolean, isLong: boolean): void {
    const pictures = options.some((one) => one.label.imageSource);
    const grid = pictures || this.looks.columns || this.looks["columns-pack"] || this.looks.compact;
    const steps = options.filter((one) => !isExclusive(one));
    const isRow = !isScale && this.looks.likert && fits(steps.map((one) => plain(one.label)));
    this.list.classList.toggle("scale", isScale || Boolean(isRow));
    this.list.classList.toggle("worded", Boolean(isRow));
    this.list.style.setProperty("--steps", String(columns(steps.length)));
    this.list.classList.toggle("grid", Boolean(grid) && !isScale);
    this.list.classList.toggle("long", isLong);
    (this.search.parentElement as HTMLElement).hidden = !isLong;
  }

  private place(drawn: readonly Item[], scale: ReadonlyMap<string, string> | null): void {
    const wanted = new Set(drawn.map((one) => one.value));
    for (const [value, row] of this.rows) {
      if (!wanted.has(value)) {
        row.element.remove();
        this.rows.delete(value);
      }
    }
    drawn.forEach((item, at) => {
      const row = this.rows.get(item.value) ?? this.row(item);
      this.say(row, item, scale);
      const selected = this.node.isSelected(item.value);
      row.input.checked = selected;
      row.input.disabled = this.around.readonly();
      row.element.classList.toggle("chosen", selected);
      if (this.list.children[at] !== row.element) {
        this.list.insertBefore(row.element, this.list.children[at] ?? null);
      }
    });
  }

  private row(item: Item): Row {
    const { value } = item;
    const input = h("input", {
      type: this.several ? "checkbox" : "radio",
      name: this.name,
      value,
      on: {
        change: () => this.press(value),
        // A radio button cannot be taken back by itself; here a second press does it.
        click: (event) => {
          if (!this.several && this.node.isSelected(value)) {
            event.preventDefault();
            this.around.answer(() => this.node.selectValue(null));
          }
        },
      },
    });
    const words = h("span", { class: "words" });
    // "None" is one answer of several in a list of which one is chosen anyway.
    const apart = (this.several ? isExclusive(item) : isUnsaid(item)) ? "apart" : "";
    const element = h("label", { class: `option ${apart} ${meaning(item)}` }, input, words);
    const row = { element, input, words, said: "" };
    this.rows.set(value, row);
    return row;
  }

  private say(row: Row, item: Item, scale: ReadonlyMap<string, string> | null): void {
    const end = scale?.get(item.value);
    const said = `${end === undefined ? "" : "scale"} ${item.label.asString}`;
    if (row.said === said) {
      return;
    }
    row.said = said;
    row.element.classList.toggle("step", end !== undefined);
    if (end === undefined) {
      fill(row.words, ...rich(item.label, this.around.media));
    } else {
      const isLast = [...(scale?.keys() ?? [])].at(-1) === item.value;
      const small = end ? h("small", { class: isLast ? "last" : "" }, end) : null;
      fill(row.words, h("b", {}, item.value), small);
    }
    if (!row.words.textContent?.trim() && !item.label.imageSource) {
      row.words.textContent = item.value;
    }
  }

  private press(value: string): void {
    const { node } = this;
    this.around.answer(() => {
      if (this.several) {
        node.selectValues(pressed(node.currentState.valueOptions, node.currentState.value, value));
      } else {
        node.selectValue(value);
      }
    });
    if (!this.several && (this.looks.quick || this.looks.quickcompact)) {
      this.around.onward();
    }
  }

  private card(): HTMLElement | null {
    if (!this.looks["show-card"]) {
      return null;
    }
    const show = () => {
      const said = this.node.currentState.valueOptions.filter((one) => !isUnsaid(one));
      showCard(said.map((one) => plain(one.label)));
    };
    return button(_("Show the card"), show, { name: "card", className: "quiet wide" });
  }
}

// What a row of words holds on a phone: so many steps, and so many letters in the longest word.
const ROW_STEPS = 5;
const ROW_LETTERS = 8;

/** Whether words can stand in a row; longer ones stand below each other, as other answers do. */
function fits(words: readonly string[]): boolean {
  const longest = Math.max(
    ...words
      .join(" ")
      .split(/\s+/)
      .map((word) => word.length),
  );
  return words.length <= ROW_STEPS && longest <= ROW_LETTERS;
}

/** Whether the form shuffles a list. */
function isShuffled(node: SelectNode): boolean {
  const itemset = node.definition.bodyElement.itemset;
  return itemset?.nodes.expression.includes("randomize(") ?? false;
}
