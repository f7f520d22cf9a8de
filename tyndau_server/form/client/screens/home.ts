/** The first screen behind the door: forms to begin, drafts to go on with, what waits to be sent.
 *
 * In: what there is. Out: an element; what is pressed is told to `Doings`.
 */

import type { Boot, FormOffer } from "../boot.ts";
import { button, type Child, fill, h } from "../dom.ts";
import type { Sealed } from "../keep/database.ts";
import type { Draft } from "../keep/drafts.ts";
import { _, inOneLanguage, language, moment } from "../words.ts";
import { languageSwitch } from "./languages.ts";

export interface Standing {
  readonly boot: Boot;
  readonly drafts: readonly Draft[];
  readonly unsent: readonly Sealed[];
  readonly notices: readonly Node[];
  /** What is done in the field besides interviews. */
  readonly field: readonly Child[];
  /** What may be corrected, as sections of the screen. */
  readonly returned: readonly Node[];
  /** Whether something is being sent. */
  readonly sending: boolean;
}

export interface Doings {
  readonly begin: (form: FormOffer) => void;
  readonly goOn: (draft: Draft) => void;
  readonly remove: (draft: Draft) => void;
  readonly send: () => void;
  readonly save: () => void;
  readonly lock: () => void;
  readonly speak: () => void;
  readonly light: () => void;
}

export function showHome(place: HTMLElement, standing: Standing, doings: Doings): void {
  const { boot, drafts } = standing;
  fill(
    place,
    head(boot, doings),
    h(
      "main",
      { class: "page home" },
      ...standing.notices,
      queue(standing, doings),
      ...standing.field,
      ...standing.returned,
      drafts.length > 0 ? h("h2", {}, _("Drafts")) : null,
      drafts.length > 0
        ? h("ul", { class: "plain" }, ...drafts.map((one) => draft(one, doings)))
        : null,
      h("h2", {}, _("Questionnaires")),
      boot.forms.length === 0 ? h("p", { class: "none" }, nothing(boot)) : null,
      h("ul", { class: "plain" }, ...boot.forms.map((form) => offer(form, boot, doings))),
    ),
  );
}

/** Say why there is nothing to begin. */
function nothing({ over }: Boot): string {
  return over?.[language()] ?? _("There is no questionnaire in the field now.");
}

function head({ holder }: Boot, doings: Doings): HTMLElement {
  return h(
    "header",
    { class: "bar" },
    h(
      "div",
      { class: "row" },
      h("h1", { class: "who" }, holder.name),
      languageSwitch(doings.speak),
      button(_("Light, dark or for the sun"), doings.light, {
        name: "sun",
        className: "icon-only",
        silent: true,
      }),
      button(_("Lock"), doings.lock, { name: "lock", className: "icon-only", silent: true }),
    ),
  );
}

function queue({ unsent, sending }: Standing, doings: Doings): HTMLElement {
  const reasons = new Set(unsent.map((one) => one.refused).filter(Boolean));
  const words =
    unsent.length === 0 ? _("Everything is sent") : _("Unsent: {count}", { count: unsent.length });
  const again = sending ? _("Sending…") : _("Send now");
  return h(
    "section",
    { class: `queue ${unsent.length > 0 ? "waits" : ""}`, "aria-live": "polite" },
    h("p", { class: "state" }, h("strong", {}, words)),
    unsent.length > 0
      ? h(
          "p",
          { class: "muted" },
          _(
            "They are sent by themselves when there is a network. Nobody can read them on this phone.",
          ),
        )
      : null,
    ...[...reasons].map((reason) => h("p", { class: "error" }, said(reason))),
    unsent.length > 0
      ? h(
          "div",
          { class: "row" },
          button(again, doings.send, { name: "send" }),
          button(_("Save to a file"), doings.save, { name: "file", className: "quiet" }),
        )
      : null,
  );
}

function said(refused: string): string {
  const message = JSON.parse(refused) as Record<string, string>;
  const reason = message[language()] ?? message["en"] ?? "";
  return _("The server did not take an interview: {reason}", { reason });
}

function draft(one: Draft, doings: Doings): HTMLElement {
  const facts = `${moment(one.standing.started)} · ${Math.round(100 * one.progress)} %`;
  const ask = () => {
    if (window.confirm(_("Throw this draft away? Its answers are lost for good."))) {
      doings.remove(one);
    }
  };
  return h(
    "li",
    { class: "entry-row" },
    h(
      "button",
      { type: "button", class: "big quiet", on: { click: () => doings.goOn(one) } },
      h("strong", {}, inOneLanguage(one.title)),
      h("span", { class: "muted" }, facts),
      one.reason ? h("span", { class: "muted" }, one.reason) : null,
    ),
    button(_("Throw away"), ask, { name: "bin", className: "icon-only", silent: true }),
  );
}

function offer(form: FormOffer, { field }: Boot, doings: Doings): HTMLElement {
  // Where one counts at points, interviews begin there; this is the way beside it.
  const isAtPoints = field?.plans.some(({ population }) => population === form.population);
  const facts = [
    form.minutes > 0 ? _("about {count} min", { count: form.minutes }) : "",
    form.version ? _("version {version}", { version: form.version }) : "",
    form.pilot ? _("only to try it out") : "",
  ];
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: isAtPoints ? "big beside" : "big",
        on: { click: () => doings.begin(form) },
      },
      h("strong", {}, inOneLanguage(form.title)),
      h("span", {}, facts.filter(Boolean).join(" · ")),
    ),
  );
}
