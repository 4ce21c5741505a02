/**
 * Saves a move and takes the answer's picture, or puts everything back and says so.
 *
 * The server draws; this only posts `ring`, `angle`, `view` with a fresh one-effect `key`, and swaps the parts.
 */

import { said } from "../ui/js/words.js";

export const PICTURE = ["circles-picture", "circles-tray", "circles-panel", "circles-mark"];
const PARTS = [...PICTURE, "circles-compare", "kw-receipts"];

/** @param {string} words */
export function say(words) {
  const status = document.querySelector("[data-kw-status]");
  if (status) status.textContent = words;
}

/** @param {string} id @returns {HTMLElement | SVGElement | null} */
export function person(id) {
  return document.querySelector(`[data-kw="person"][data-person="${id}"]`);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** Who or what has the focus, so that it can be given back to the same one of the new page. */
function focusNow() {
  const focused = document.activeElement;
  const disc = focused?.closest("[data-kw='person']")?.getAttribute("data-person");
  if (disc) return () => person(disc);
  if (!(focused instanceof HTMLButtonElement) || !focused.form?.matches("[data-kw-place]")) return () => null;
  const place = [...focused.form.querySelectorAll("button")].indexOf(focused);
  return () => document.querySelectorAll("[data-kw-place] button")[place];
}

/** Take the parts of another answer into this page. @param {string} html @param {string[]} [parts] */
export function swap(html, parts = PARTS) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector("[data-kw-circles]")) throw new Error("not the circles");
  const before = focusNow();
  for (const id of parts) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  }
  const again = before();
  if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
}

/** Show another page of the circles in this one. @param {string} url */
export async function show(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error("not shown");
  swap(await answer.text());
  history.replaceState(null, "", url);
}

/** @param {string} url @param {Record<string, string>} fields */
async function post(url, fields) {
  const mover = document.querySelector("[data-kw-mover]");
  const body = new FormData(/** @type {HTMLFormElement} */ (mover));
  for (const [name, value] of Object.entries({ ...fields, key: newKey() })) body.set(name, value);
  const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", keepalive: true });
  if (!answer.ok) throw new Error("refused");
  swap(await answer.text());
  history.replaceState(null, "", answer.url.replace(/[?&](saved|what|placed)=[^&]*/g, ""));
}

/** @param {string} words */
function refuse(words) {
  say(words);
  const receipts = document.getElementById("kw-receipts");
  const line = document.createElement("div");
  line.className = "kw-receipt kw-receipt--error";
  line.textContent = words;
  receipts?.replaceChildren(line);
}

/** One move after the other, so that they are kept in the order in which they were made. */
let last = Promise.resolve();
let unsaved = 0;

/** Whether a move is under way to the server. */
export const isSaving = () => unsaved > 0;

/**
 * @param {{id: string, name: string, url: string}} who
 * @param {Record<string, string>} fields
 * @param {() => void} undo puts the picture back
 */
export function save(who, fields, undo) {
  unsaved += 1;
  last = last.then(() => post(who.url, fields)).catch(() => {
    undo();
    refuse(said("not-saved", { name: who.name }));
  }).finally(() => {
    unsaved -= 1;
  });
  return last;
}
