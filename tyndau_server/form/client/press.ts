/** Whether a finger lies on the screen: what is under it must not be replaced before it is lifted,
 * because a press on what is gone is no press.
 *
 * In: the presses of the page. Out: a promise that is kept when none is under way.
 */

// A mouse may be released outside of the window, which nobody tells.
const LONGEST = 10_000;

let held = false;
let waiting: (() => void)[] = [];

function released(): void {
  held = false;
  // The click comes after the finger is lifted, and goes first.
  window.setTimeout(() => {
    const ready = waiting;
    waiting = [];
    ready.forEach((go) => go());
  });
}

window.addEventListener("pointerdown", () => (held = true), true);
window.addEventListener("pointerup", released, true);
window.addEventListener("pointercancel", released, true);

export function unpressed(): Promise<void> {
  if (!held) {
    return Promise.resolve();
  }
  return new Promise((done) => {
    waiting.push(done);
    window.setTimeout(done, LONGEST);
  });
}
