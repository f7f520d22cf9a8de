/** The door: making a PIN the first time, giving it later. Behind it are the drafts.
 *
 * In: who holds the phone. Out: the opened vault. What is finished waits outside of it, so that it
 * is sent whether or not somebody knows the PIN.
 */

import { fill, h } from "../dom.ts";
import { hasVault, makeVault, openVault, SHORTEST_PIN, type Vault } from "../keep/vault.ts";
import { _ } from "../words.ts";

export async function showDoor(
  place: HTMLElement,
  holder: { readonly id: string; readonly name: string },
  notices: readonly Node[],
): Promise<Vault> {
  const isNew = !(await hasVault(holder.id));
  return new Promise((done) => {
    const pin = field(isNew);
    const again = isNew ? field(true) : null;
    const wrong = h("p", { class: "error", role: "alert", id: "pin-error" });
    const press = h(
      "button",
      { type: "submit", class: "wide" },
      isNew ? _("Keep this PIN") : _("Open what is mine"),
    );
    const enter = async (event: Event) => {
      event.preventDefault();
      const problem = isNew ? problemOf(pin.value, again?.value ?? "") : "";
      if (problem) {
        wrong.textContent = problem;
        return;
      }
      press.disabled = true;
      const vault = await (isNew ? makeVault : openVault)(holder.id, pin.value);
      press.disabled = false;
      if (vault) {
        done(vault);
      } else {
        wrong.textContent = _("The PIN is another one.");
        pin.value = "";
        pin.focus();
      }
    };
    const form = h(
      "form",
      { class: "door", on: { submit: (event) => void enter(event) } },
      h("p", { class: "over" }, holder.name),
      h("input", { type: "text", autocomplete: "username", value: holder.id, hidden: true }),
      h("h1", { tabindex: -1 }, isNew ? _("Choose a PIN") : _("Your PIN")),
      isNew
        ? h(
            "p",
            {},
            _(
              "Drafts on this phone can be read with it alone. Nobody can find it again, so remember it. At least {count} characters.",
              { count: SHORTEST_PIN },
            ),
          )
        : null,
      labelled(_("PIN"), pin),
      again && labelled(_("The same again"), again),
      wrong,
      press,
    );
    fill(place, h("main", { class: "page" }, ...notices, form));
    pin.focus();
  });
}

function field(isNew: boolean): HTMLInputElement {
  return h("input", {
    type: "password",
    inputmode: "numeric",
    autocomplete: isNew ? "new-password" : "current-password",
    required: true,
    "aria-describedby": "pin-error",
  });
}

function labelled(words: string, input: HTMLInputElement): HTMLElement {
  return h("label", {}, words, input);
}

function problemOf(pin: string, again: string): string {
  if (pin.length < SHORTEST_PIN) {
    return _("At least {count} characters.", { count: SHORTEST_PIN });
  }
  if (new Set(pin).size < 3) {
    return _("This is too easy to guess.");
  }
  return pin === again ? "" : _("The two are not the same.");
}
