/** Texts of a form as elements: emphasis, lists and links of its Markdown, pictures and sound.
 *
 * In: a text of the engine, already taken apart. Out: elements. HTML that a form's author wrote is
 * shown without its tags; colours, sizes and fonts are left out, because the light of the sun and
 * the dark scheme decide these.
 */

import type { MarkdownNode, TextRange, TextRole } from "@getodk/xforms-engine";
import { h } from "./dom.ts";
import type { Media } from "./engine/form.ts";
import { _ } from "./words.ts";

const KEPT = new Set(["em", "strong", "u", "ul", "ol", "li", "p", "span", "br"]);
const BLOCKS = new Set(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6"]);
const HEADINGS = /^h[1-6]$/;

export type Text = TextRange<TextRole> | null | undefined;

// What a text with Markdown or HTML has and most texts have not.
const MARKED = /[*_#<[\\`]/;

/** Return the words of a text alone. */
export function plain(text: Text): string {
  if (!text) {
    return "";
  }
  const words = text.asString;
  return (MARKED.test(words) ? text.formatted.map(wordsOf).join("") : words).trim();
}

/** Whether words hold all that is looked for, in whatever order and case, with plain letters too. */
export function hasWords(words: string, asked: string): boolean {
  const among = folded(words);
  return folded(asked)
    .split(/\s+/)
    .every((one) => among.includes(one));
}

/** Return words without case and with plain letters, so that a search forgives. */
function folded(words: string): string {
  return words
    .toLocaleLowerCase()
    .replaceAll("ё", "е")
    .replace(/[әғқңөұүһі]/g, (letter) => FOLDED[letter] ?? letter);
}

const FOLDED: Readonly<Record<string, string>> = {
  ә: "а",
  ғ: "г",
  қ: "к",
  ң: "н",
  ө: "о",
  ұ: "у",
  ү: "у",
  һ: "х",
  і: "и",
};

function wordsOf(node: MarkdownNode): string {
  switch (node.role) {
    case "child":
      return node.value;
    case "html":
      return withoutTags(node.unsafeHtml);
    case "line-break":
      return "\n";
    case "parent":
      return node.children.map(wordsOf).join("") + (BLOCKS.has(node.elementName) ? "\n" : "");
  }
}

function withoutTags(words: string): string {
  return words.replace(/<\/?[a-z][^>]*>/gi, "");
}

/** Return a text as elements, which may stand in a paragraph. */
export function rich(text: Text, media: Media): Node[] {
  if (!text) {
    return [];
  }
  return [...text.formatted.map(markdown), ...shown(text, media)];
}

function markdown(node: MarkdownNode): Node {
  if (node.role === "child") {
    return document.createTextNode(node.value);
  }
  if (node.role === "html") {
    return document.createTextNode(withoutTags(node.unsafeHtml));
  }
  if (node.role === "line-break") {
    return document.createElement("br");
  }
  const children = node.children.map(markdown);
  const name = node.elementName;
  if (name === "a" && "url" in node && /^(https?|tel|mailto):/i.test(String(node.url))) {
    const rel = "noopener noreferrer";
    return h("a", { href: node.url, target: "_blank", rel }, ...children);
  }
  if (HEADINGS.test(name)) {
    return h("strong", { class: "heading" }, ...children);
  }
  return h(KEPT.has(name) ? (name as "span") : "span", {}, ...children);
}

function shown(text: TextRange<TextRole>, media: Media): Node[] {
  const nodes: Node[] = [];
  if (text.imageSource) {
    const picture = h("img", { class: "shown", alt: plain(text) });
    void media(text.imageSource.href).then((url) => (url ? (picture.src = url) : picture.remove()));
    nodes.push(picture);
  }
  if (text.audioSource) {
    const player = h("audio", { controls: true, "aria-label": _("Listen") });
    void media(text.audioSource.href).then((url) => (url ? (player.src = url) : player.remove()));
    nodes.push(player);
  }
  if (text.videoSource) {
    const player = h("video", { controls: true, class: "shown", "aria-label": _("Watch") });
    void media(text.videoSource.href).then((url) => (url ? (player.src = url) : player.remove()));
    nodes.push(player);
  }
  return nodes;
}
