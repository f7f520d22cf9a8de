/** Making elements without markup in strings, so that no text of a form can become HTML.
 *
 * In: a tag, what it has, its children. Out: the element. Styles are classes alone: the content
 * policy of the pages allows no inline ones.
 */

export type Child = Node | string | null | undefined | false;

export interface Props {
  class?: string;
  /** Listeners, by event. */
  on?: Record<string, (event: Event) => void>;
  /** Attributes; false and null leave one out, true sets an empty one. */
  [attribute: string]: unknown;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value as object)) {
        element.addEventListener(event, listener as EventListener);
      }
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter(isNode));
  return element;
}

function isNode(child: Child): child is Node | string {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/** Let an element hold these children and no others. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter(isNode));
}

let last = 0;

/** Return an identifier that no other element of this page has. */
export function unique(prefix: string): string {
  last += 1;
  return `${prefix}-${last}`;
}

const SVG = "http://www.w3.org/2000/svg";

/** The icons of the controls: paths on a field of 24 by 24, drawn with a line of 2. */
const ICONS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  list: "M4 6h16M4 12h16M4 18h10",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  tick: "M5 13l4.5 4.5L19 7",
  plus: "M12 5v14M5 12h14",
  cross: "M6 6l12 12M18 6L6 18",
  camera: "M4 8h4l1.5-2.5h5L16 8h4v11H4zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  microphone: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v3",
  stop: "M7 7h10v10H7z",
  place:
    "M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  card: "M4 6h16v12H4zM8 10h8M8 14h5",
  note: "M12 8h.01M11 12h1v5h1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  search: "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5L20 20",
  send: "M4 12l16-8-6 16-3-6z",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Return a button with an icon and words; with `silent`, its words are read aloud only. */
export function button(
  words: string,
  press: () => void,
  {
    name,
    className = "",
    silent = false,
  }: { name?: IconName; className?: string; silent?: boolean } = {},
): HTMLButtonElement {
  const text = silent ? null : h("span", {}, words);
  const label = silent ? words : null;
  return h(
    "button",
    {
      type: "button",
      class: className,
      "aria-label": label,
      title: label,
      on: { click: press },
    },
    name ? icon(name) : null,
    text,
  );
}
