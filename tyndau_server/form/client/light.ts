/** Light, dark, or black on white for the sun: chosen by a press, remembered in this browser. */

const CHOICES = ["", "dark", "sun"] as const;
const NAME = "tyndau-form-light";

export function light(): void {
  show(localStorage.getItem(NAME) ?? "");
}

export function nextLight(): void {
  const now = localStorage.getItem(NAME) ?? "";
  const next = CHOICES[(CHOICES.findIndex((one) => one === now) + 1) % CHOICES.length] ?? "";
  localStorage.setItem(NAME, next);
  show(next);
}

function show(choice: string): void {
  const { dataset } = document.documentElement;
  if (choice === "") {
    delete dataset.scheme;
  } else {
    dataset.scheme = choice === "sun" ? "light" : choice;
  }
  dataset.contrast = choice === "sun" ? "high" : "";
}
