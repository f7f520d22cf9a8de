/** Dates and times, by the phone's own pickers; a month or a year alone where asked for. */

import type { AnyInputNode } from "@getodk/xforms-engine";
import { h } from "../dom.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";
import { put } from "./written.ts";

type Kind = "date" | "month" | "year" | "time" | "datetime-local";

export function dates(node: AnyInputNode, around: Surroundings): Widget {
  const kind = kindOf(node);
  const type = kind === "year" ? "text" : kind;
  const field = h("input", {
    type,
    autocomplete: "off",
    inputmode: kind === "year" ? "numeric" : null,
    maxlength: kind === "year" ? 4 : null,
    ...described(around),
  });
  const give = () => {
    const value = stored(kind, field.value);
    if (value !== null && value !== node.currentState.instanceValue) {
      around.answer(() => put(node, value));
    }
  };
  field.addEventListener(kind === "year" ? "input" : "change", give);
  const update = () => {
    if (document.activeElement !== field) {
      field.value = shown(kind, node.currentState.instanceValue);
    }
    field.readOnly = around.readonly();
  };
  update();
  return {
    element: h("div", { class: "written short" }, field),
    update,
    focus: () => field.focus(),
    close: () => {
      if (node.currentState.relevant) {
        give();
      }
    },
  };
}

function kindOf(node: AnyInputNode): Kind {
  const looks = node.appearances as Readonly<Record<string, boolean>>;
  if (node.valueType === "time") {
    return "time";
  }
  if (node.valueType === "dateTime") {
    return "datetime-local";
  }
  return looks.year ? "year" : looks["month-year"] ? "month" : "date";
}

/** Return what the form stores; null while it is not whole. */
function stored(kind: Kind, written: string): string | null {
  if (written === "") {
    return "";
  }
  switch (kind) {
    case "date":
      return written;
    case "month":
      return `${written}-01`;
    case "year":
      return /^\d{4}$/.test(written) ? `${written}-01-01` : null;
    case "time":
      return `${withSeconds(written)}.000${offset(new Date())}`;
    case "datetime-local":
      return `${withSeconds(written)}.000${offset(new Date(written))}`;
  }
}

function withSeconds(written: string): string {
  return /:\d\d:\d\d$/.test(written) ? written : `${written}:00`;
}

/** Return the offset of a moment from UTC, as +05:00. */
function offset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}

function shown(kind: Kind, value: string): string {
  switch (kind) {
    case "date":
      return value.slice(0, 10);
    case "month":
      return value.slice(0, 7);
    case "year":
      return value.slice(0, 4);
    case "time":
      return value.slice(0, 5);
    case "datetime-local":
      return value.slice(0, 16);
  }
}
