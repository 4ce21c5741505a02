/**
 * Keeps a draft of a sheet while it is being filled in. Only Save makes it part of the record.
 *
 * Bound to `form[data-kw-sheet-draft]`, whose value is where the draft goes.
 */

import { said } from "../ui/js/words.js";

const PAUSE_MS = 3000;
const LEAST_APART_MS = 15000;

/** @param {HTMLFormElement} form */
function watch(form) {
  const state = form.querySelector("[data-kw-draft-state]");
  let timer = 0;
  let last = 0;

  async function keep() {
    last = Date.now();
    try {
      const answer = await fetch(form.dataset.kwSheetDraft || "", {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { kept } = await answer.json();
      if (state) state.textContent = said("kept", { time: kept });
    } catch {
      if (state) state.textContent = said("not-kept");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(PAUSE_MS, LEAST_APART_MS - (Date.now() - last)));
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

for (const form of document.querySelectorAll("form[data-kw-sheet-draft]")) {
  if (form instanceof HTMLFormElement) watch(form);
}
