/**
 * Rows of a sheet, moved, added and taken out on the page; only Save sends them.
 *
 * Bound to `[data-kw-rows]`. Without this script the same buttons go to the server, which sends the form back arranged.
 * The order on the page is the order that is kept.
 */

import { bindCarrying } from "./carry.js";

/** @param {string} words */
function say(words) {
  const status = document.querySelector("[data-kw-status]");
  if (status) status.textContent = words;
}

/** @param {Element} list */
function number(list) {
  for (const [place, row] of [...list.children].entries()) {
    for (const one of row.querySelectorAll("[data-kw-number]")) one.textContent = String(place + 1);
  }
}

/** @param {Element} list @param {Element} row @param {string} name */
function tell(list, row, name) {
  number(list);
  say(`${name} ${[...list.children].indexOf(row) + 1}`);
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

/** An empty row like the others, with names for its boxes that no other row has. @param {Element} list */
function emptyRow(list) {
  const row = /** @type {Element} */ (list.lastElementChild?.cloneNode(true));
  const was = row.querySelector("[type=hidden]")?.getAttribute("value") || "";
  const mark = String(Math.max(...[...list.querySelectorAll("[type=hidden]")].map((one) => Number(one.getAttribute("value")))) + 1);
  const renamed = (/** @type {string} */ name) => name.replace(`-${was}`, `-${mark}`);
  for (const one of [row, ...row.querySelectorAll("[id], [for], [aria-describedby]")]) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = one.getAttribute(name);
      if (value) one.setAttribute(name, renamed(value));
    }
  }
  for (const box of row.querySelectorAll("textarea, input:not([type=hidden])")) {
    if (box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement) box.value = "";
  }
  for (const more of row.querySelectorAll("details")) more.open = false;
  row.querySelector("[type=hidden]")?.setAttribute("value", mark);
  for (const button of row.querySelectorAll("[data-kw-move]")) {
    button.setAttribute("value", (button.getAttribute("value") || "").replace(/\w+$/, mark));
  }
  return row;
}

/** @param {HTMLElement} field */
function bind(field) {
  const list = field.querySelector("ol");
  const name = field.dataset.row || "";
  if (!list) return;

  field.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-kw-move], [data-kw-add]") : null;
    if (!button || !(button instanceof HTMLElement)) return;
    if (button.hasAttribute("data-kw-add")) {
      if (!list.children.length) return;
      event.preventDefault();
      const row = list.appendChild(emptyRow(list));
      tell(list, row, name);
      /** @type {HTMLElement | null} */ (row.querySelector("input:not([type=hidden]), textarea"))?.focus();
      return;
    }
    const row = button.closest("[data-kw=row]");
    if (!row) return;
    // The last row that is left is emptied by the server, which sends the form back with it.
    if (button.dataset.kwMove === "out" && list.children.length === 1) return;
    event.preventDefault();
    if (button.dataset.kwMove === "up") row.previousElementSibling?.before(row);
    if (button.dataset.kwMove === "down") row.nextElementSibling?.after(row);
    if (button.dataset.kwMove === "out") {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      tell(list, next || row, name);
      /** @type {HTMLElement | null} */ (next?.querySelector("[data-kw-move=out]") || null)?.focus();
      return;
    }
    button.focus();
    tell(list, row, name);
  });

  for (const grip of field.querySelectorAll("[data-kw-grip]")) grip.removeAttribute("hidden");
  bindCarrying(list, (row) => tell(list, row, name));
}

for (const field of document.querySelectorAll("[data-kw-rows]")) {
  if (field instanceof HTMLElement) bind(field);
}
