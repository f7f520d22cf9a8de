/** A form as a sequence of pages, one question a page.
 *
 * In: the form as the engine holds it now. Out: the pages that are relevant now, in the order of
 * asking. Groups vanish into the pages as sections; a group with the appearance `field-list` is
 * one page; a grid (`table-list`, `label` and `list-nolabel`) becomes a sequence of questions
 * under one stem; the field in which "other" is specified stands below its question. A page is
 * named by the path of its first node, which stays the same when an interview is taken up again.
 */

import type {
  AnyControlNode,
  GeneralChildNode,
  InputNode,
  RepeatInstanceNode,
  RepeatRangeNode,
  RootNode,
  TextRange,
} from "@getodk/xforms-engine";
import { plain } from "../texts.ts";
import { _, MEANINGS } from "../words.ts";

export type Control = AnyControlNode;

/** A question of a page. */
export interface Item {
  readonly node: Control;
  /** What a grid asks about all its rows. */
  readonly stem: TextRange<"label"> | null;
  /** The field in which "other" is specified. */
  readonly other: InputNode<"string"> | null;
  /** The heading of the group within a list, where it changes. */
  readonly heading: string;
}

export interface Page {
  readonly key: string;
  readonly kind: "question" | "list" | "repeat" | "recording";
  readonly items: readonly Item[];
  /** The repeat that "add another" belongs to. */
  readonly range: RepeatRangeNode | null;
  /** Titles of the groups around it, from the outside. */
  readonly sections: readonly string[];
}

export function reference(node: { currentState: { reference: string } }): string {
  return node.currentState.reference;
}

export function pagesOf(root: RootNode): readonly Page[] {
  const pages: Page[] = [];
  walk(root.currentState.children, [], pages);
  return pages;
}

type Sections = readonly string[];

function walk(
  children: readonly GeneralChildNode[],
  sections: Sections,
  pages: Page[],
  stem: TextRange<"label"> | null = null,
): void {
  const others = new Set<Control>();
  let asked = stem;
  children.forEach((node, at) => {
    if (!node.currentState.relevant) {
      return;
    }
    if (node.nodeType === "group") {
      walkGroup(node, within(sections, plain(node.currentState.label)), pages);
    } else if (isRange(node)) {
      walkRange(node, sections, pages);
    } else if (isControl(node) && !others.has(node)) {
      const role = roleInGrid(node);
      if (role === "head") {
        asked = plain(node.currentState.label) ? node.currentState.label : asked;
        return;
      }
      const other = otherOf(node, children[at + 1]);
      if (other) {
        others.add(other);
      }
      const item = { node, other, heading: "", stem: role === "row" ? asked : null };
      pages.push(page("question", [item], sections));
    }
  });
}

function within(sections: Sections, title: string): Sections {
  return title && title !== sections.at(-1) ? [...sections, title] : sections;
}

function page(kind: Page["kind"], items: Item[], sections: Sections): Page {
  const first = items[0] as Item;
  return { key: reference(first.node), kind, items, range: null, sections };
}

type Group = Extract<GeneralChildNode, { nodeType: "group" }>;

function walkGroup(group: Group, sections: Sections, pages: Page[]): void {
  const children: readonly GeneralChildNode[] = group.currentState.children;
  if (!looks(group, "field-list") && !looks(group, "table-list")) {
    walk(children, sections, pages);
  } else if (isGrid(children)) {
    const title = children.find((one) => one.nodeType === "note" && isTitle(one));
    const rest = children.filter((one) => one !== title);
    walk(rest, sections, pages, title?.currentState.label ?? group.currentState.label);
  } else {
    const items: Item[] = [];
    const ranges: RepeatRangeNode[] = [];
    gather(children, "", items, ranges);
    if (items.length > 0) {
      pages.push(page("list", items, sections));
    }
    ranges.forEach((range) => walkRange(range, sections, pages));
  }
}

/** Gather the questions of a list; repeats within it come after it, a page each. */
function gather(
  children: readonly GeneralChildNode[],
  heading: string,
  items: Item[],
  ranges: RepeatRangeNode[],
): void {
  let next = heading;
  for (const node of children) {
    if (!node.currentState.relevant) {
      continue;
    }
    if (node.nodeType === "group") {
      gather(node.currentState.children, plain(node.currentState.label), items, ranges);
    } else if (isRange(node)) {
      ranges.push(node);
    } else if (isControl(node)) {
      items.push({ node, other: null, stem: null, heading: next });
      next = "";
    }
  }
}

function walkRange(range: RepeatRangeNode, sections: Sections, pages: Page[]): void {
  if (!range.currentState.relevant) {
    return;
  }
  const title = plain(range.currentState.label);
  const inside = title === sections.at(-1) ? sections.slice(0, -1) : sections;
  range.currentState.children.forEach((instance, at) => {
    const round = within(inside, roundTitle(range, instance, at));
    if (looks(range, "field-list")) {
      const items: Item[] = [];
      const ranges: RepeatRangeNode[] = [];
      gather(instance.currentState.children, "", items, ranges);
      if (items.length > 0) {
        pages.push(page("list", items, round));
      }
      ranges.forEach((one) => walkRange(one, round, pages));
    } else {
      walk(instance.currentState.children, round, pages);
    }
  });
  if (range.nodeType === "repeat-range:uncontrolled" && range.currentState.hasRelevantBodyNodes) {
    const key = `${reference(range)}#more`;
    pages.push({ key, kind: "repeat", items: [], range, sections: within(inside, title) });
  }
}

/** Return what a round is called: its own label or that of the repeat, and its number. */
export function roundTitle(range: RepeatRangeNode, round: RepeatInstanceNode, at: number): string {
  const own = plain(round.currentState.label);
  const title = plain(range.currentState.label);
  return own && own !== title ? `${own} (${at + 1})` : `${title || _("Round")} ${at + 1}`;
}

/** Whether a node has an appearance; what has no place on the screen has none at all. */
function looks(node: { readonly appearances: unknown }, name: string): boolean {
  return (node.appearances as Record<string, boolean> | null)?.[name] ?? false;
}

function isRange(node: GeneralChildNode): node is RepeatRangeNode {
  return node.nodeType.startsWith("repeat-range");
}

function isControl(node: GeneralChildNode): node is Control {
  return node.nodeType !== "model-value" && node.nodeType !== "group" && !isRange(node);
}

function roleInGrid(node: GeneralChildNode): "head" | "row" | null {
  if (node.nodeType !== "select") {
    return null;
  }
  return looks(node, "label") ? "head" : looks(node, "list-nolabel") ? "row" : null;
}

function isGrid(children: readonly GeneralChildNode[]): boolean {
  return children.some((one) => roleInGrid(one) === "row");
}

/** Whether it is the note that pyxform makes of the title of a table-list. */
function isTitle(node: GeneralChildNode): boolean {
  return nameOf(node).startsWith("generated_table_list_label");
}

function nameOf(node: GeneralChildNode): string {
  return reference(node).split("/").pop() ?? "";
}

/** Find the field in which "other" is specified: the text after a question that offers it. */
function otherOf(node: Control, next: GeneralChildNode | undefined): InputNode<"string"> | null {
  if (node.nodeType !== "select" || next?.nodeType !== "input" || next.valueType !== "string") {
    return null;
  }
  const offered = node.currentState.valueOptions.some((one) => MEANINGS[one.value] === "other");
  const named = nameOf(next) === `${nameOf(node)}_other`;
  return offered && named && !next.definition.bind.relevant.isDefaultExpression
    ? (next as InputNode<"string">)
    : null;
}
