/** What the holder of the phone must know: storage that may be cleared or was, a full phone, a
 * wrong clock, forms that did not come.
 */

import { h } from "./dom.ts";
import { hasVault } from "./keep/vault.ts";
import { CLOCK_OFF, noted, space } from "./keep/space.ts";
import { _, inOneLanguage } from "./words.ts";

type Kind = "info" | "success" | "warning" | "error";

export class Notices {
  private readonly said = new Map<string, { kind: Kind; words: () => string; once: boolean }>();

  /** Look at the phone's storage. */
  async look(owner: string): Promise<void> {
    const { persisted, little } = await space();
    if (persisted === false) {
      this.set("persist", "warning", () =>
        _(
          "This browser does not promise to keep what is on this phone. Send often; add the form to the home screen.",
        ),
      );
      if (!window.matchMedia("(display-mode: standalone)").matches) {
        this.set("home", "info", toHome);
      }
    }
    if (little) {
      this.set("little", "warning", () =>
        _("The phone is nearly full. Free some space before the next interview."),
      );
    }
    const { drafts, unsent } = noted(owner);
    if (drafts + unsent > 0 && !(await hasVault(owner))) {
      this.set("cleared", "error", () =>
        _(
          "The browser has cleared its storage. Lost on this phone: drafts {drafts}, unsent interviews {unsent}. Tell your supervisor.",
          { drafts, unsent },
        ),
      );
    }
  }

  /** Say that the clock is wrong, by how many seconds it is ahead. */
  clock(ahead: number): void {
    if (Math.abs(ahead) > CLOCK_OFF) {
      this.set("clock", "warning", () =>
        _("The clock of this phone is wrong. Set date and time in its settings."),
      );
    } else {
      this.said.delete("clock");
    }
  }

  /** Say that what is for the holder alone is sealed to another key than that of this browser. */
  otherKey(isOther: boolean): void {
    if (isOther) {
      this.set("key", "warning", () =>
        _(
          "Answers, warnings and pay do not show here: this address was first opened in another browser, or this one was cleared. Ask your supervisor for a new address.",
        ),
      );
    } else {
      this.said.delete("key");
    }
  }

  /** Say which forms could not be fetched. */
  missing(titles: readonly string[]): void {
    if (titles.length > 0) {
      this.set("missing", "warning", () =>
        _("Could not be fetched: {titles}", { titles: titles.map(inOneLanguage).join(", ") }),
      );
    } else {
      this.said.delete("missing");
    }
  }

  /** Say something until one has gone on. */
  add(kind: Kind, words: string): void {
    this.said.set(words, { kind, words: () => words, once: true });
  }

  shown(): HTMLElement[] {
    return [...this.said.values()].map(({ kind, words }) =>
      h("p", { class: `alert ${kind}`, role: kind === "error" ? "alert" : "status" }, words()),
    );
  }

  /** Forget what was said once: somebody has gone on since. */
  seen(): void {
    for (const [name, { once }] of this.said) {
      if (once) {
        this.said.delete(name);
      }
    }
  }

  private set(name: string, kind: Kind, words: () => string): void {
    this.said.set(name, { kind, words, once: false });
  }
}

/** Say how the form is added to the home screen, in this browser as far as it says which it is. */
function toHome(): string {
  const { userAgent, maxTouchPoints } = navigator;
  if (/Android/.test(userAgent)) {
    return _(
      "In Chrome: press ⋮ at the top right, then “Add to Home screen” or “Install app”. From then on open the form by its icon.",
    );
  }
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Mac/.test(userAgent) && maxTouchPoints > 1)) {
    return _(
      "In Safari: press Share (a square with an arrow), then “Add to Home Screen”, best before a PIN is chosen. From then on open the form by its icon: it has a store and a PIN of its own and does not see what is in Safari, so finish and send that first.",
    );
  }
  return _("On a phone it is in the browser's menu, or under Share: “Add to Home Screen”.");
}
