/** Recordings: asked for only where the study allows them and the respondent agrees.
 *
 * In: the pages of a form; what was agreed. Out: the pages without questions for sound where there
 * is to be none, and with the question whether one may record before the first of them. A question
 * that is left out so is not missed at the end, also where the form requires it.
 */

import type { Control, Item, Page } from "./pages.ts";

export const RECORDING = "#recording";

/** What was agreed: not asked yet, or the answer. */
export type Recording = "" | "yes" | "no";

export function withRecording(
  pages: readonly Page[],
  isAllowed: boolean,
  agreed: Recording,
): readonly Page[] {
  const first = isAllowed ? pages.find(({ items }) => items.some(isSound)) : undefined;
  return pages.flatMap((page) => {
    const asked = page === first ? [question(page)] : [];
    const kept = isAllowed && agreed === "yes" ? page : silent(page);
    return kept ? [...asked, kept] : asked;
  });
}

function question({ sections }: Page): Page {
  return { key: RECORDING, kind: "recording", items: [], range: null, sections };
}

/** Return a page without its questions for sound; null where nothing is left of it. */
function silent(page: Page): Page | null {
  const items = page.items.filter((item) => !isSound(item));
  if (items.length === page.items.length) {
    return page;
  }
  return items.length > 0 ? { ...page, items } : null;
}

function isSound({ node }: Item): boolean {
  return recordsSound(node);
}

export function recordsSound(node: Control): boolean {
  return node.nodeType === "upload" && node.nodeOptions.media.type === "audio";
}
