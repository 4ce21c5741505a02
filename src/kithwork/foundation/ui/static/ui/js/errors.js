/**
 * Takes the reader to the summary when a form needs another look: after loading, and after a swap.
 *
 * Bound to `data-kw-error-summary`. A link in it leads to its field and gives it focus.
 */

/** @param {ParentNode} within */
function focusSummary(within) {
  const summary = within.querySelector("[data-kw-error-summary]");
  if (summary instanceof HTMLElement) summary.focus();
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.target instanceof Element && event.target.closest("[data-kw-error-summary] a[href^='#']");
  if (!link) return;
  const field = document.getElementById((link.getAttribute("href") || "#").slice(1));
  if (!field) return;
  event.preventDefault();
  const top = field.closest(".kw-field") || field;
  top.scrollIntoView();
  field.focus({ preventScroll: true });
}

focusSummary(document);
document.addEventListener("click", followLink);
document.addEventListener("htmx:after:swap", () => focusSummary(document));
