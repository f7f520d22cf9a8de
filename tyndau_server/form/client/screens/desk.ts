/** What an interviewer looks up and asks: the own progress and pay, and questions to the supervisor.
 *
 * In: what is known on this phone. Out: elements; what is pressed is told by functions.
 */

import type { Pay, PointPlan, Progress, Said } from "../boot.ts";
import { button, type Child, h } from "../dom.ts";
import { _, moment } from "../words.ts";
import { said, shiftOf } from "./point.ts";

export interface Asked {
  readonly uid: string;
  readonly text: string;
  /** Milliseconds since 1970; 0 where it was asked on another phone. */
  readonly asked: number;
  /** Empty while there is none. */
  readonly answer: string;
  readonly seen: boolean;
}

const LONGEST = 2000;

/** Show how far the own work is, and what is owed: undefined while that is not known. */
export function showProgress(
  progress: Progress | undefined,
  pay: Pay | null | undefined,
  plans: readonly PointPlan[],
): HTMLElement {
  return h(
    "main",
    { class: "page home" },
    h("h1", { class: "label", tabindex: -1 }, _("My progress")),
    ...(progress
      ? [...counted(progress), ...owed(pay), ...byDay(progress), ...wanted(progress)]
      : [h("p", { class: "none" }, _("Nothing is known yet."))]),
    ...shifts(plans),
  );
}

const row = (words: Child | Child[], value: string | number) => [
  h("dt", {}, ...[words].flat()),
  h("dd", {}, String(value)),
];

const known = (asOf: string) =>
  h(
    "p",
    { class: "muted" },
    _("As the server knew on {moment}", { moment: moment(Date.parse(asOf)) }),
  );

function counted({ planned, made, accepted, returned, rejected = 0, asOf }: Progress): Child[] {
  return [
    known(asOf),
    h(
      "dl",
      { class: "counts" },
      ...row(_("Planned"), planned),
      ...row(_("Interviews made"), made),
      ...row(_("Accepted"), accepted),
      ...row(_("Returned to correct"), returned),
      ...row(_("Rejected"), rejected),
    ),
  ];
}

/** Show where and when the interviewer works, by day and hour. */
function shifts(plans: readonly PointPlan[]): Child[] {
  const own = plans.filter(({ assigned }) => assigned).flatMap(({ points }) => points);
  const every = own.flatMap((point) => point.shifts.map((shift) => ({ point, shift })));
  every.sort((one, two) => (whenOf(one.shift) < whenOf(two.shift) ? -1 : 1));
  const rows = every.map(({ point, shift }) =>
    h(
      "li",
      {},
      h("span", {}, shiftOf(shift)),
      h("span", { class: "muted" }, `${said(point.name)} · ${said(point.territory)}`),
    ),
  );
  return rows.length > 0
    ? [h("h2", {}, _("Where and when")), h("ul", { class: "plain needed" }, ...rows)]
    : [];
}

/** Those of any day come last. */
function whenOf({ day, begins }: PointPlan["points"][number]["shifts"][number]): string {
  return `${day || "9"} ${begins}`;
}

function owed(pay: Pay | null | undefined): Child[] {
  if (pay === null) {
    return [];
  }
  const head = h("h2", {}, _("What I am owed"));
  if (!pay) {
    return [
      head,
      h("p", { class: "muted" }, _("It is not kept on the phone. It shows with a network.")),
    ];
  }
  const { accepted, rate, cuts, owed, asOf } = pay;
  return [
    head,
    known(asOf),
    h(
      "dl",
      { class: "counts pay" },
      ...row(
        _("{count} accepted, {rate} ₸ each", { count: accepted, rate: tenge(rate) }),
        tenge(pay.earned),
      ),
      ...cuts.flatMap(({ amount, reason }) =>
        row([_("Cut"), h("span", { class: "muted" }, reason)], `−${tenge(amount)}`),
      ),
      ...row(h("strong", {}, _("Owed, ₸")), tenge(owed)),
    ),
  ];
}

/** Write a sum as people do: 12 600, or 999,50. */
function tenge(sum: string): string {
  const [whole = "", part = ""] = sum.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return /[1-9]/.test(part) ? `${apart},${part}` : apart;
}

function byDay({ days = [] }: Progress): Child[] {
  if (days.length === 0) {
    return [];
  }
  return [
    h("h2", {}, _("Finished interviews by day")),
    h(
      "ul",
      { class: "plain needed days" },
      ...days.map(({ day, made, accepted, returned, rejected }) => {
        const parts: readonly [string, number][] = [
          [_("Accepted"), accepted],
          [_("Returned"), returned],
          [_("Rejected"), rejected],
        ];
        const decided = parts.filter(([, count]) => count > 0).map((part) => part.join(": "));
        return h(
          "li",
          {},
          h("span", {}, `${day.slice(8)}.${day.slice(5, 7)}`),
          h("strong", {}, String(made)),
          h("span", { class: "muted" }, decided.join(" · ") || _("Nothing is decided yet")),
        );
      }),
    ),
  ];
}

function wanted({ needed }: Progress): Child[] {
  if (needed.length === 0) {
    return [];
  }
  return [
    h("h2", {}, _("Whom you still need")),
    h(
      "ul",
      { class: "plain needed" },
      ...needed.map(({ label, left, open }) =>
        h(
          "li",
          {},
          h("span", {}, said(label)),
          h("strong", {}, String(left)),
          open > 0
            ? h("span", { class: "muted" }, _("open to all: {count}", { count: open }))
            : null,
        ),
      ),
    ),
  ];
}

/** Show the questions asked so far, and a field for another. */
export function showQuestions(asked: readonly Asked[], ask: (text: string) => void): HTMLElement {
  const field = h("textarea", { rows: 4, maxlength: LONGEST, "aria-label": _("Your question") });
  const press = () => {
    const text = field.value.trim();
    if (text) {
      ask(text);
    } else {
      field.focus();
    }
  };
  return h(
    "main",
    { class: "page home" },
    h("h1", { class: "label", tabindex: -1 }, _("Ask the supervisor")),
    h(
      "p",
      { class: "muted" },
      _(
        "It is sent when there is a network. The answer comes to the first screen. Write nobody's name.",
      ),
    ),
    field,
    button(_("Ask"), press, { name: "send", className: "wide" }),
    asked.length > 0 ? h("h2", {}, _("Asked before")) : null,
    h("ul", { class: "plain" }, ...[...asked].reverse().map(shown)),
  );
}

function shown({ text, asked, answer }: Asked): HTMLElement {
  return h(
    "li",
    { class: "asked" },
    asked ? h("p", { class: "muted" }, moment(asked)) : null,
    h("p", {}, text),
    answer ? h("p", { class: "reply" }, answer) : h("p", { class: "muted" }, _("No answer yet")),
  );
}

/** Show answers that were not seen yet. */
export function answers(asked: readonly Asked[], seen: (uid: string) => void): HTMLElement[] {
  return asked
    .filter((one) => one.answer && !one.seen)
    .map(({ uid, text, answer }) =>
      h(
        "section",
        { class: "alert info answer", role: "status" },
        h("p", { class: "muted" }, text),
        h("p", {}, h("strong", {}, answer)),
        button(_("I have read it"), () => seen(uid), { name: "tick", className: "quiet" }),
      ),
    );
}

/** Show which rules of work were not kept; null where all were. */
export function warnings(found: readonly Said[]): HTMLElement | null {
  return found.length === 0
    ? null
    : h(
        "section",
        { class: "alert warning warned", role: "status" },
        h("h2", {}, _("About your work")),
        h("ul", {}, ...found.map((one) => h("li", {}, said(one)))),
        h("p", { class: "muted" }, _("If it was otherwise, ask the supervisor.")),
      );
}
