/** The sheet "Continue later": it puts the answers by and shows the address by which one goes on.
 *
 * In: a function that puts by and returns the address. Out: nothing; it closes by itself alone.
 */

import { button, fill, h } from "../dom.ts";
import { FINISHED, NotDone } from "../keep/unfinished.ts";
import { _ } from "../words.ts";

export function showLater(put: () => Promise<string>): void {
  const main = h("div", { class: "later" });
  const close = { name: "cross", className: "icon-only", silent: true } as const;
  const sheet = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "later-title" },
    h(
      "header",
      {},
      h("h2", { id: "later-title" }, _("Continue later")),
      button(_("Close"), () => sheet.close(), close),
    ),
    main,
  );
  sheet.addEventListener("close", () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
  const run = async () => {
    fill(main, h("p", { class: "muted", role: "status" }, _("Saving…")));
    try {
      fill(main, ...found(await put()));
    } catch (fault) {
      console.warn(fault);
      fill(
        main,
        h("p", { class: "error", role: "alert" }, reason(fault)),
        button(_("Try again"), () => void run(), { className: "wide" }),
      );
    }
  };
  void run();
}

function found(address: string): HTMLElement[] {
  const said = h("p", { class: "muted", role: "status" });
  const place = h("textarea", { readonly: true, rows: 5, "aria-label": _("Address") }, address);
  place.addEventListener("focus", () => place.select());
  const copy = () => void copied(place).then((done) => (said.textContent = done));
  const share = () => void navigator.share({ url: address }).catch(() => undefined);
  const canShare = "share" in navigator;
  return [
    h("p", {}, _("Open this address on any device: the survey goes on from this question.")),
    place,
    button(_("Copy the address"), copy, { className: "wide" }),
    ...(canShare ? [button(_("Send it to myself"), share, { className: "wide quiet" })] : []),
    said,
    h(
      "p",
      {},
      _(
        "Your answers are kept for at most 14 days, and only this address opens them: keep it to yourself. On this device it is enough to open the survey's link again.",
      ),
    ),
  ];
}

async function copied(place: HTMLTextAreaElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(place.value);
    return _("Copied");
  } catch {
    place.select();
    return _("Copy what is marked.");
  }
}

function reason(fault: unknown): string {
  const status = fault instanceof NotDone ? fault.status : -1;
  switch (status) {
    case 0:
      return _("The server cannot be reached. What you answered is kept on this device.");
    case FINISHED:
      return _("This survey was finished on another device, and its answers arrived.");
    case 413:
      return _("The answers are too large for this. Go on later on this device.");
    default:
      return _("It does not work now. What you answered is kept on this device.");
  }
}
