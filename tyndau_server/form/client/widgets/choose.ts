/** Which control a question has. */

import type { AnyInputNode, AnyRangeNode } from "@getodk/xforms-engine";
import type { Control } from "../engine/pages.ts";
import { dates } from "./dates.ts";
import { geo } from "./geo.ts";
import { range } from "./range.ts";
import { rank } from "./rank.ts";
import { select } from "./select.ts";
import { trigger } from "./trigger.ts";
import { upload } from "./upload.ts";
import type { Surroundings, Widget } from "./widget.ts";
import { written } from "./written.ts";

/** Make the control of a question; null for a note, which has none. */
export function choose(node: Control, around: Surroundings, line = false): Widget | null {
  switch (node.nodeType) {
    case "note":
      return null;
    case "select":
      return select(node, around);
    case "rank":
      return rank(node, around);
    case "range":
      return range(node as AnyRangeNode, around);
    case "trigger":
      return trigger(node, around);
    case "upload":
      return upload(node, around);
    default:
      return ofInput(node as AnyInputNode, around, line);
  }
}

function ofInput(node: AnyInputNode, around: Surroundings, line: boolean): Widget {
  switch (node.valueType) {
    case "date":
    case "time":
    case "dateTime":
      return dates(node, around);
    case "geopoint":
    case "geotrace":
    case "geoshape":
      return geo(node, around);
    default:
      return written(node, around, line);
  }
}
