/** A signature or a sketch, drawn by finger. */

import { button, h } from "../dom.ts";
import { _ } from "../words.ts";
import { blobOf } from "./smaller.ts";

const WIDTH = 720;
const HEIGHT = 400;

export function drawing(give: (file: File) => void, signature: boolean): { element: HTMLElement } {
  const label = signature ? _("Sign here") : _("Draw here");
  const canvas = h("canvas", { width: WIDTH, height: HEIGHT, role: "img", "aria-label": label });
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  const wipe = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
  };
  wipe();
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ];
  };
  let down = false;
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    Object.assign(pen, {
      lineWidth: 4,
      lineCap: "round",
      lineJoin: "round",
      strokeStyle: "#111",
    });
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (down) {
      pen.lineTo(...at(event));
      pen.stroke();
    }
  });
  canvas.addEventListener("pointerup", () => (down = false));
  const keep = () => {
    void blobOf(canvas, "image/png").then((blob) =>
      give(new File([blob], "drawing.png", { type: "image/png" })),
    );
  };
  const actions = h(
    "div",
    { class: "row" },
    button(_("Keep it"), keep, { name: "tick" }),
    button(_("Begin anew"), wipe, { name: "bin", className: "quiet" }),
  );
  return { element: h("div", { class: "drawing" }, h("p", {}, label), canvas, actions) };
}
