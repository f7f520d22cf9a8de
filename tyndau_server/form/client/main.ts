/** The browser form: an interview on any phone, offline, in two languages.
 *
 * The entry of the page; what the server's page must give stands in boot.ts. Rooms: `engine` knows
 * the form, `widgets` takes answers, `screens` shows, `keep` stores and sends. Nothing is fetched
 * from another host.
 */

import { fetchBoot } from "./boot.ts";
import { App } from "./app.ts";
import { fill, h } from "./dom.ts";
import { light } from "./light.ts";
import { startWorker } from "./working.ts";
import { _, speak, SPOKEN } from "./words.ts";

async function start(place: HTMLElement): Promise<void> {
  light();
  speak(localStorage.getItem(SPOKEN) ?? document.documentElement.lang);
  const address = place.dataset.boot ?? "";
  await startWorker(place.dataset.worker, address);
  try {
    const booted = await fetchBoot(address);
    speak(localStorage.getItem(SPOKEN) ?? booted.boot.language);
    await new App(place, booted).start();
  } catch (fault) {
    console.error(fault);
    const again = () => window.location.reload();
    fill(
      place,
      h(
        "main",
        { class: "page door" },
        h("h1", {}, _("The form does not open")),
        h(
          "p",
          {},
          _(
            "It must be opened once with a network; after that it opens without one. What was kept on this phone is not lost.",
          ),
        ),
        h("button", { type: "button", class: "wide", on: { click: again } }, _("Try again")),
      ),
    );
  }
}

const place = document.getElementById("form");
if (place) {
  void start(place);
}
