/** How much of a questionnaire lies ahead, as far as the answers so far tell.
 *
 * In: the XML of a form; which questions are asked now, where one is. Out: the share of all
 * questions that may still be asked. A question ahead counts if it is asked as things stand, or if
 * its conditions hang on an answer that is still to come. So the number only falls while one goes
 * on: an answer that closes a part takes it out at once.
 */

const STEP = "(?:[\\w.-]+)";
const PATHS = new RegExp(`(?:\\.\\./)+${STEP}(?:/${STEP})*|/${STEP}(?:/${STEP})*`, "g");

export class Conditions {
  private readonly relevant = new Map<string, readonly string[]>();
  private readonly computed = new Map<string, readonly string[]>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(form: Document) {
    for (const bind of form.querySelectorAll("bind[nodeset]")) {
      const node = bind.getAttribute("nodeset") ?? "";
      if (bind.hasAttribute("relevant")) {
        this.relevant.set(node, named(bind.getAttribute("relevant"), node));
      }
      this.computed.set(node, named(bind.getAttribute("calculate"), node));
    }
  }

  /** Return the share of the questions, given by their paths in order, that is left from `at` on. */
  left(order: readonly string[], asked: ReadonlySet<string>, at: number): number {
    const open = new Set<string>();
    for (const path of order.slice(at)) {
      if (asked.has(path) || [...this.behind(path)].some((one) => open.has(one))) {
        open.add(path);
      }
    }
    return open.size / Math.max(order.length, 1);
  }

  /** Whether a question is asked under no condition. */
  isForEverybody(path: string): boolean {
    return ancestry(path).every((around) => !this.relevant.has(around));
  }

  /** Return all on which it hangs whether a question is asked. */
  private behind(path: string): ReadonlySet<string> {
    const known = this.known.get(path);
    if (known) {
      return known;
    }
    const found = new Set<string>();
    for (const around of ancestry(path)) {
      (this.relevant.get(around) ?? []).forEach((one) => this.gather(one, found));
    }
    this.known.set(path, found);
    return found;
  }

  private gather(path: string, found: Set<string>): void {
    if (!found.has(path)) {
      found.add(path);
      (this.computed.get(path) ?? []).forEach((one) => this.gather(one, found));
    }
  }
}

/** Return the paths of a node and of all around it. */
function ancestry(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(1).map((_step, at) => steps.slice(0, at + 2).join("/"));
}

/** Return the paths that an expression names, seen from its node. */
function named(expression: string | null, node: string): readonly string[] {
  return [...(expression ?? "").matchAll(PATHS)].map(([path]) => absolute(path, node));
}

function absolute(path: string, node: string): string {
  if (path.startsWith("/")) {
    return path;
  }
  const steps = node.split("/");
  const down = path.split("/").filter((step) => step !== "..");
  const up = path.split("/").length - down.length;
  return [...steps.slice(0, steps.length - up), ...down].join("/");
}
