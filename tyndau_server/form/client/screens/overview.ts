/** The whole interview at a glance: sections and questions, what is answered, a search; press to
 * go.
 *
 * In: an interview. Out: where one wants to go, by `go`.
 */

import { button, fill, h, icon } from "../dom.ts";
import { END, type Interview, valueOf } from "../engine/interview.ts";
import type { Page } from "../engine/pages.ts";
import { hasWords, plain } from "../texts.ts";
import { _ } from "../words.ts";
import { mayWeRecord } from "./recording.ts";

export function showOverview(interview: Interview, go: (key: string) => void): void {
  const list = h("div", { class: "sections" });
  const search = h("input", {
    type: "search",
    autocomplete: "off",
    placeholder: _("Find a question"),
    "aria-label": _("Find a question"),
  });
  const sheet = h("dialog", { class: "sheet", "aria-labelledby": "overview-title" });
  const choose = (key: string) => {
    sheet.close();
    go(key);
  };
  const draw = () => fill(list, ...sections(interview, search.value.trim(), choose));
  search.addEventListener("input", draw);
  sheet.append(
    h(
      "header",
      {},
      h("h2", { id: "overview-title" }, _("Questions")),
      button(_("Close"), () => sheet.close(), {
        name: "cross",
        className: "icon-only",
        silent: true,
      }),
      search,
    ),
    list,
  );
  sheet.addEventListener("close", () => sheet.remove());
  draw();
  document.body.append(sheet);
  sheet.showModal();
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
}

function sections(interview: Interview, asked: string, choose: (key: string) => void): Node[] {
  const nodes: Node[] = [];
  let last = "";
  for (const page of interview.pages) {
    const words = titleOf(page);
    if (!hasWords(words, asked)) {
      continue;
    }
    const section = page.sections.join(" · ");
    if (section !== last) {
      last = section;
      nodes.push(h("h3", {}, section || _("Questions")));
    }
    nodes.push(entry(page, words, interview, choose));
  }
  if (!asked) {
    const current = interview.at === END ? "true" : null;
    const press = () => choose(END);
    nodes.push(
      h(
        "button",
        { type: "button", class: "entry", "aria-current": current, on: { click: press } },
        h("span", { class: "mark" }),
        h("span", { class: "words" }, _("The end")),
      ),
    );
  }
  return nodes.length > 0 ? nodes : [h("p", { class: "none" }, _("No question has these words."))];
}

function entry(
  page: Page,
  words: string,
  interview: Interview,
  choose: (key: string) => void,
): HTMLElement {
  const done = isAnswered(page);
  return h(
    "button",
    {
      type: "button",
      class: "entry",
      "aria-current": page.key === interview.at ? "true" : null,
      on: { click: () => choose(page.key) },
    },
    h("span", { class: `mark ${done ? "done" : ""}` }, done ? icon("tick") : null),
    h("span", { class: "words" }, words),
    done ? h("span", { class: "aloud" }, `, ${_("answered")}`) : null,
  );
}

export function titleOf(page: Page): string {
  if (page.kind === "recording") {
    return mayWeRecord();
  }
  if (page.range) {
    return `${plain(page.range.currentState.label) || page.sections.at(-1) || ""} +`;
  }
  const [first] = page.items;
  const label = first ? plain(first.node.currentState.label) : "";
  return label.replace(/\s+/g, " ") || (page.key.split("/").pop() ?? "");
}

function isAnswered(page: Page): boolean {
  const asked = page.items.filter(({ node }) => node.nodeType !== "note");
  return asked.length > 0 && asked.every(({ node }) => valueOf(node) !== "");
}
