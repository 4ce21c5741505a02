/**
 * Help under an answer about safety while it stands on this screen alone.
 *
 * Bound to `<section data-kw-unsent="answer" data-kw-from="1">`, which lies hidden on the page with its question.
 * It comes as soon as such an answer is chosen, and says that nothing was sent. A form that finds no network
 * stays as it is, with this panel; nothing is kept anywhere. Without JavaScript the server's own panel follows.
 */

const GIVE_UP_MS = 20000;

/** @param {HTMLElement} panel @returns {HTMLFormElement | null} */
function formOf(panel) {
  const field = document.querySelector(`[name="${panel.dataset.kwUnsent}"]`);
  return field instanceof HTMLInputElement ? field.form : null;
}

/**
 * Whether such an answer is chosen that this page did not come with: one that it came with has gone already.
 * @param {HTMLElement} panel @param {HTMLFormElement} form
 */
function isChosen(panel, form) {
  const chosen = form.querySelector(`[name="${panel.dataset.kwUnsent}"]:checked`);
  if (!(chosen instanceof HTMLInputElement) || chosen.defaultChecked) return false;
  return /^\d+$/.test(chosen.value) && Number(chosen.value) >= Number(panel.dataset.kwFrom);
}

/** @param {HTMLElement} panel @param {boolean} failed */
function show(panel, failed) {
  panel.hidden = false;
  panel.dataset.kw = "help-now";
  const line = panel.querySelector("[data-kw-unsent-failed]");
  if (line instanceof HTMLElement) line.hidden = !failed;
  const status = document.querySelector("[data-kw-status]");
  if (status) status.textContent = panel.querySelector("[data-kw-unsent-state]")?.textContent || "";
  if (failed) panel.focus();
}

/** @param {HTMLElement} panel */
function hide(panel) {
  panel.hidden = true;
  delete panel.dataset.kw;
}

/**
 * Whether the server took the form. Its key makes the post that follows the same one: one effect, one answer.
 * @param {HTMLFormElement} form @param {HTMLElement | null} button
 */
async function reaches(form, button) {
  try {
    await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(form, button))),
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} panel @param {HTMLFormElement} form */
function bind(panel, form) {
  let goes = false;
  form.addEventListener("change", () => {
    // Where an earlier answer has brought the server's own panel, this one waits for a failure.
    if (isChosen(panel, form) && !document.getElementById("help-now")) show(panel, false);
    else hide(panel);
  });
  form.addEventListener("submit", async (event) => {
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    // A button with a value of its own says "skip", which is no such answer.
    if (goes || button?.hasAttribute("name") || !isChosen(panel, form)) return;
    event.preventDefault();
    if (await reaches(form, button)) {
      goes = true;
      form.requestSubmit(button);
    } else show(panel, true);
  });
}

for (const panel of document.querySelectorAll("[data-kw-unsent]")) {
  const form = panel instanceof HTMLElement ? formOf(panel) : null;
  if (form) bind(/** @type {HTMLElement} */ (panel), form);
}
