/** Files: photos from the camera, sound from the microphone, signatures, anything else that is
 * chosen.
 *
 * A photo is made smaller before it is kept, because it has to go out over a bad network; its
 * place and camera, which the phone wrote into it, are lost by that, and are meant to be. The name
 * of a file says nothing of what is in it.
 */

import type { UploadNode } from "@getodk/xforms-engine";
import { button, fill, h } from "../dom.ts";
import { _ } from "../words.ts";
import { drawing } from "./drawing.ts";
import { recorder } from "./recorder.ts";
import { smaller } from "./smaller.ts";
import { described, type Surroundings, type Widget } from "./widget.ts";

const DRAWN = ["signature", "draw", "annotate"];

export function upload(node: UploadNode, around: Surroundings): Widget {
  const type = node.nodeOptions.media.type ?? "*";
  const looks = [...(node.appearances as unknown as Iterable<string>)];
  const held = h("div", { class: "held" });
  const give = (file: File | null) => {
    around.answer(() => node.setValue(file));
    update();
  };
  const keep = async (file: File) => {
    try {
      const pixels = node.maxPixels;
      give(named(type === "image" ? await smaller(file, pixels) : file));
    } catch {
      around.say(_("This file cannot be read. Take another one."));
    }
  };
  const drawn = looks.find((one) => DRAWN.includes(one));
  const tools = h("div", { class: "tools" });
  const closers: (() => void)[] = [];
  if (drawn && type === "image") {
    const pad = drawing((file) => give(named(file)), drawn === "signature");
    tools.append(pad.element);
  } else {
    if (type === "audio") {
      const microphone = recorder((file) => give(named(file)), around.say);
      tools.append(microphone.element);
      closers.push(microphone.close);
    }
    tools.append(...chooser(node, looks, type, (file) => void keep(file)));
  }
  const remove = button(_("Remove"), () => give(null), { name: "bin", className: "quiet" });
  let shownFile: File | null | undefined;
  let address = "";
  const update = () => {
    const file = node.currentState.value;
    tools.hidden = around.readonly();
    remove.hidden = around.readonly();
    if (file === shownFile) {
      return;
    }
    shownFile = file;
    URL.revokeObjectURL(address);
    address = file ? URL.createObjectURL(file) : "";
    fill(held, ...(file ? [...preview(file, address), remove] : []));
    tools.classList.toggle("has", Boolean(file));
  };
  update();
  return {
    element: h("div", { class: "upload", role: "group", ...described(around) }, held, tools),
    update,
    focus: () => tools.querySelector<HTMLElement>("button, input, canvas")?.focus(),
    close: () => {
      closers.forEach((close) => close());
      URL.revokeObjectURL(address);
    },
  };
}

function chooser(
  node: UploadNode,
  looks: readonly string[],
  type: string,
  keep: (file: File) => void,
): Node[] {
  const accept = node.nodeOptions.media.accept;
  const isCamera = type === "image" && !looks.includes("selfie") && !looks.includes("front");
  const input = h("input", {
    type: "file",
    hidden: true,
    accept: accept === "*" ? null : accept,
    capture: type === "image" ? (isCamera ? "environment" : "user") : null,
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) {
      keep(file);
    }
    input.value = "";
  });
  const words = type === "image" ? _("Take a photo") : _("Choose a file");
  const name = type === "image" ? "camera" : "file";
  const className = type === "audio" ? "quiet wide" : "wide";
  return [button(words, () => input.click(), { name, className }), input];
}

function preview(file: File, address: string): HTMLElement[] {
  const size = `${Math.max(1, Math.round(file.size / 1024)).toLocaleString()} ${_("KB")}`;
  if (file.type.startsWith("image/")) {
    return [h("img", { src: address, alt: _("The photo that was taken") }), h("p", {}, size)];
  }
  if (file.type.startsWith("audio/")) {
    return [
      h("audio", { src: address, controls: true, "aria-label": _("Listen") }),
      h("p", {}, size),
    ];
  }
  return [h("p", {}, `${file.name}, ${size}`)];
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "audio/webm": "webm",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
};

/** Return a file under a name of its own: a moment and chance. */
function named(file: File): File {
  const type = file.type.split(";")[0] ?? "";
  const extension = EXTENSIONS[type] ?? /\.(\w{1,8})$/.exec(file.name)?.[1]?.toLowerCase() ?? "bin";
  const chance = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? "";
  return new File([file], `${Date.now()}-${chance}.${extension}`, { type: file.type });
}
