/** A photo made smaller: at most so many pixels at its longer side, as JPEG. */

// Enough to read a notice on a wall; some 300 KB.
const LONGER_SIDE = 1600;
const QUALITY = 0.8;

export async function smaller(file: File, pixels: number | null): Promise<File> {
  const picture = await createImageBitmap(file);
  const most = pixels ?? LONGER_SIDE;
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new File([await blobOf(canvas, "image/jpeg")], "photo.jpg", { type: "image/jpeg" });
}

export function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), type, QUALITY);
  });
}
