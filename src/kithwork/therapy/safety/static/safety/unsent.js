/**
 * Help under an answer about safety while it stands on this screen alone.
 *
 * Bound to `<section data-kw-unsent="answer" data-kw-from="1">`, which lies hidden on the page with its question;
 * a form with several such questions has one beside each, and shows the first whose answer was chosen.
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

/** @param {HTMLElement[]} panels @param {HTMLFormElement} form */
function bind(panels, form) {
  let goes = false;
  form.addEventListener("change", () => {
    // Where an earlier answer has brought the server's own panel, these wait for a failure.
    const first = document.getElementById("help-now") ? undefined : panels.find((one) => isChosen(one, form));
    for (const panel of panels) if (panel !== first) hide(panel);
    if (first) show(first, false);
  });
  form.addEventListener("submit", async (event) => {
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    // A button with a value of its own says "skip", which is no such answer.
    const panel = panels.find((one) => isChosen(one, form));
    if (goes || button?.hasAttribute("name") || !panel) return;
    event.preventDefault();
    if (await reaches(form, button)) {
      goes = true;
      form.requestSubmit(button);
    } else show(panel, true);
  });
}

/** @type {Map<HTMLFormElement, HTMLElement[]>} */
const ready = new Map();
for (const panel of document.querySelectorAll("[data-kw-unsent]")) {
  const form = panel instanceof HTMLElement ? formOf(panel) : null;
  if (form) ready.set(form, [...(ready.get(form) || []), /** @type {HTMLElement} */ (panel)]);
}
for (const [form, panels] of ready) bind(panels, form);
