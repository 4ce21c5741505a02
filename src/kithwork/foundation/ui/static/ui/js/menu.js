/**
 * A link to the navigation becomes a button that opens and closes it.
 *
 * Bound to `<a href="#id" data-kw-menu="id">`. Without JavaScript the link opens it through `:target`.
 * Also brings the current tab of a long row into sight, and closes `<details data-kw-details>` on Escape and on a press outside.
 */

/** @param {Element} opener */
function bind(opener) {
  const id = opener.getAttribute("data-kw-menu") || "";
  const panel = document.getElementById(id);
  if (!panel) throw new Error(`Menu: data-kw-menu names "${id}", which is not on the page.`);

  /** @param {boolean} open */
  const show = (open) => {
    panel.toggleAttribute("data-kw-open", open);
    opener.setAttribute("aria-expanded", String(open));
  };
  const isOpen = () => panel.hasAttribute("data-kw-open");

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-controls", id);
  show(false);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    show(!isOpen());
  });
  opener.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== " ") return;
    event.preventDefault();
    show(!isOpen());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    show(false);
    if (opener instanceof HTMLElement) opener.focus();
  });
}

/** @param {(details: Element) => boolean} chosen */
function closeDetails(chosen) {
  for (const details of document.querySelectorAll("details[data-kw-details][open]")) {
    if (!chosen(details)) continue;
    const summary = details.querySelector("summary");
    if (details.contains(document.activeElement) && summary) summary.focus();
    details.removeAttribute("open");
  }
}

/** @param {HTMLElement} tab */
function bringIntoSight(tab) {
  const row = tab.closest("ul");
  if (row) row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
}

document.querySelectorAll("[data-kw-menu]").forEach(bind);
document.querySelectorAll(".kw-tabs__tab[aria-current]").forEach((tab) => bringIntoSight(/** @type {HTMLElement} */ (tab)));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDetails(() => true);
});
document.addEventListener("click", (event) => {
  closeDetails((details) => event.target instanceof Node && !details.contains(event.target));
});
