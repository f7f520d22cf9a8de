/** How an interview was made: the log that goes along with it as audit.csv.
 *
 * In: what happened. Out: the file, in the format of ODK Collect, which
 * tyndau/fieldwork/paradata.py reads. Two things are ours: the event `language` says to which
 * language one changed, and the log is kept of every form, since the length of interviews and
 * steps back are looked at by the supervisor. Answers before and after stand in it only where the
 * form asks for them (odk:track-changes).
 */

export interface AuditSettings {
  readonly changes: boolean;
  readonly user: boolean;
}

const ODK = "http://www.opendatakit.org/xforms";

export function auditSettings(form: Document): AuditSettings {
  const bind = [...form.getElementsByTagName("bind")].find((one) =>
    /\/audit$/.test(one.getAttribute("nodeset") ?? ""),
  );
  const asks = (name: string) => bind?.getAttributeNS(ODK, name) === "true";
  return { changes: asks("track-changes"), user: asks("identify-user") };
}

export interface AuditEvent {
  event: string;
  node: string;
  start: number;
  end: number | null;
  before: string;
  after: string;
}

/** A log; its events are a plain array, so that it can be kept with a draft. */
export class Audit {
  /** Questions that are on the screen, with what they held when they came. */
  private open: { event: AuditEvent; value: string }[] = [];

  constructor(
    private readonly settings: AuditSettings,
    private readonly user: string,
    readonly events: AuditEvent[] = [],
    private readonly now: () => number = Date.now,
  ) {}

  /** Note something that has no duration. */
  note(event: string, node = "", before = "", after = ""): void {
    this.events.push({ event, node, start: this.now(), end: null, before, after });
  }

  /** Note that these questions came on the screen, and those before went. */
  show(event: string, nodes: readonly { node: string; value: string }[]): void {
    this.leave(() => "");
    const start = this.now();
    this.open = nodes.map(({ node, value }) => {
      const shown = { event, node, start, end: null, before: "", after: "" };
      this.events.push(shown);
      return { event: shown, value };
    });
  }

  /** Note that what is on the screen goes; `value` tells what a question now holds. */
  leave(value: (node: string) => string): void {
    const end = this.now();
    for (const { event, value: before } of this.open) {
      event.end = end;
      const after = value(event.node);
      if (this.settings.changes && event.node && after !== before) {
        event.before = before;
        event.after = after;
      }
    }
    this.open = [];
  }

  /** Return the log as a file. */
  csv(): string {
    const head = ["event", "node", "start", "end"];
    if (this.settings.changes || this.events.some((one) => one.before || one.after)) {
      head.push("old-value", "new-value");
    }
    if (this.settings.user) {
      head.push("user");
    }
    const lines = this.events.map((one) =>
      head.map((column) => cell(this.valueOf(one, column))).join(","),
    );
    return `${[head.join(","), ...lines].join("\n")}\n`;
  }

  private valueOf(one: AuditEvent, column: string): string {
    switch (column) {
      case "old-value":
        return one.before;
      case "new-value":
        return one.after;
      case "user":
        return this.user;
      case "end":
        return one.end === null ? "" : String(one.end);
      default:
        return String(one[column as "event" | "node" | "start"]);
    }
  }
}

/** Read the events of a log back, so that a correction goes on with it. */
export function eventsOf(csv: string): AuditEvent[] {
  const [head = [], ...rows] = rowsOf(csv);
  return rows
    .map((row) => new Map(head.map((column, at) => [column, row[at] ?? ""])))
    .filter((row) => Number(row.get("start")) > 0)
    .map((row) => ({
      event: row.get("event") ?? "",
      node: row.get("node") ?? "",
      start: Number(row.get("start")),
      end: Number(row.get("end")) || null,
      before: row.get("old-value") ?? "",
      after: row.get("new-value") ?? "",
    }));
}

function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
