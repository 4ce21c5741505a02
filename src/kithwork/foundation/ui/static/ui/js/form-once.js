/**
 * A form that is sent once: a second press while the first is under way does nothing.
 *
 * Bound to `<form data-kw-once>`. The button stays focusable and keeps its words; the server refuses a
 * second effect anyway, so this only spares people the wait.
 */

const AGAIN_AFTER_MS = 8000;

/** @param {HTMLFormElement} form @param {boolean} busy */
function mark(form, busy) {
  form.toggleAttribute("data-kw-sending", busy);
  for (const button of form.querySelectorAll("button[type=submit]")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-kw-once")) return;
  if (form.hasAttribute("data-kw-sending")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // After this turn, so that the pressed button's own value is still sent.
  setTimeout(() => mark(form, true));
  setTimeout(() => mark(form, false), AGAIN_AFTER_MS);
}

function release() {
  for (const form of document.querySelectorAll("form[data-kw-sending]")) {
    if (form instanceof HTMLFormElement) mark(form, false);
  }
}

document.addEventListener("submit", onSubmit, true);
document.addEventListener("htmx:finally:request", release);
addEventListener("pageshow", release);
