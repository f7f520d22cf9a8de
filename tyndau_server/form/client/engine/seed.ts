/** Lists that are shuffled without a seed get one.
 *
 * `randomize(list)` shuffles anew whenever a draft is taken up, so that the options would stand in
 * another order than the respondent has seen; `randomize(list, seed)` does not. In: a form's XML.
 * Out: the same, each call with a seed.
 */

const CALL = /\brandomize\s*\(/g;

export function withSeed(xml: string, seed: number): string {
  if (!xml.includes("randomize")) {
    return xml;
  }
  const parsed = new DOMParser().parseFromString(xml, "text/xml");
  let changed = false;
  for (const itemset of parsed.querySelectorAll("itemset[nodeset]")) {
    const before = itemset.getAttribute("nodeset") ?? "";
    const after = seeded(before, seed);
    if (after !== before) {
      itemset.setAttribute("nodeset", after);
      changed = true;
    }
  }
  return changed ? new XMLSerializer().serializeToString(parsed) : xml;
}

/** Return an expression in which every call of randomize has a second argument. */
export function seeded(expression: string, seed: number): string {
  let result = expression;
  for (const call of [...expression.matchAll(CALL)].reverse()) {
    const from = call.index + call[0].length;
    const end = closing(expression, from);
    if (end !== null && !end.comma) {
      result = `${result.slice(0, end.at)}, ${seed}${result.slice(end.at)}`;
    }
  }
  return result;
}

/** Find where a call closes, and whether it has more than one argument. */
function closing(expression: string, from: number): { at: number; comma: boolean } | null {
  let depth = 0;
  let quote = "";
  let comma = false;
  for (let at = from; at < expression.length; at += 1) {
    const letter = expression[at] as string;
    if (quote) {
      quote = letter === quote ? "" : quote;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else if (letter === "(" || letter === "[") {
      depth += 1;
    } else if (depth === 0 && letter === ")") {
      return { at, comma };
    } else if (letter === ")" || letter === "]") {
      depth -= 1;
    } else if (letter === "," && depth === 0) {
      comma = true;
    }
  }
  return null;
}
