// Follows the progress of work, so that the page need not be loaded again and again. Everything
// works without it: the page then looks again by itself (see again.html).
"use strict";

const SECONDS = 2;

async function follow(place) {
  try {
    const answer = await fetch(place.dataset.progress);
    const state = await answer.json();
    if (state.key !== place.dataset.key) {
      window.location.reload();
      return;
    }
    place.querySelector("[data-words]").textContent = state.words;
    if (state.percent) {
      place.querySelector("progress").value = state.percent;
    }
  } catch {
    // The server is away for a moment; the next look may find it.
  }
  window.setTimeout(follow, SECONDS * 1000, place);
}

for (const place of document.querySelectorAll("[data-progress]")) {
  window.setTimeout(follow, SECONDS * 1000, place);
}
