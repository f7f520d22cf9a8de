/** Sound from the microphone, recorded by a press and ended by another. */

import { button, fill, h, icon } from "../dom.ts";
import { _ } from "../words.ts";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg"];
// Speech is understood at this; ten minutes take 1.8 MB.
const BITS = 24_000;

export interface Recorder {
  readonly element: HTMLElement;
  readonly close: () => void;
}

export function recorder(give: (file: File) => void, say: (words: string) => void): Recorder {
  const clock = h("span", { class: "clock", role: "timer" });
  const press = button(_("Record"), () => void toggle(), {
    name: "microphone",
    className: "wide",
  });
  let running: MediaRecorder | null = null;
  let ticking = 0;

  const show = (began: number | null) => {
    window.clearInterval(ticking);
    press.classList.toggle("danger", began !== null);
    fill(
      press,
      icon(began === null ? "microphone" : "stop"),
      h("span", {}, began === null ? _("Record") : _("Stop recording")),
    );
    clock.textContent = "";
    if (began !== null) {
      const tick = () => (clock.textContent = elapsed(Date.now() - began));
      tick();
      ticking = window.setInterval(tick, 1000);
    }
  };
  const toggle = async () => {
    if (running) {
      running.stop();
      return;
    }
    try {
      running = await record(give, () => {
        running = null;
        show(null);
      });
      show(Date.now());
    } catch {
      say(_("The phone does not allow the microphone. Allow it in the settings of this page."));
    }
  };
  const close = () => {
    window.clearInterval(ticking);
    running?.stop();
  };
  return { element: h("div", { class: "recorder" }, press, clock), close };
}

async function record(give: (file: File) => void, ended: () => void): Promise<MediaRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const made = new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    audioBitsPerSecond: BITS,
  });
  const pieces: Blob[] = [];
  made.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  made.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    const type = made.mimeType.split(";")[0] || "audio/webm";
    give(new File(pieces, "sound", { type }));
    ended();
  });
  made.start(1000);
  return made;
}

function elapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
