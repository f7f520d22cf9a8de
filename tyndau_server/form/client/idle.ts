/** Whether nobody is there: after some minutes without a touch, `lock` is called. */

export const MINUTES = 5;

export function whenIdle(lock: () => void, minutes = MINUTES): void {
  let last = Date.now();
  const touched = () => (last = Date.now());
  for (const event of ["pointerdown", "keydown", "input"]) {
    window.addEventListener(event, touched, { capture: true, passive: true });
  }
  const look = () => {
    if (Date.now() - last > minutes * 60_000) {
      lock();
    }
  };
  window.setInterval(look, 10_000);
  // A phone that slept in a pocket runs no timers.
  document.addEventListener("visibilitychange", look);
}
