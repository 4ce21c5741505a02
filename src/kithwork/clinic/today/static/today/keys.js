/**
 * j and k walk through the list, Enter opens what is reached, s puts it off until tomorrow.
 *
 * Every item names its link with `data-kw-open`; that link gets the focus, so Enter is the browser's own. Without this
 * script the links and buttons are all there. The keys can be turned off, for those who speak to their computer.
 */

const OFF = "kw-keys=off";
const KEPT_FOR = 60 * 60 * 24 * 365;
const REACHED = "kw-list-place";

/** @returns {HTMLElement[]} */
const links = () => [...document.querySelectorAll("[data-kw-item] [data-kw-open]")];

/** @returns {number} where in the list the focus is; -1 when it is somewhere else. */
const place = () =>
  links().findIndex((link) => link.closest("[data-kw-item]").contains(document.activeElement));

/** @param {number} to */
function go(to) {
  const all = links();
  const link = all[Math.max(0, Math.min(to, all.length - 1))];
  link?.focus();
  link?.closest("[data-kw-item]").scrollIntoView({ block: "nearest" });
}

function putOff() {
  const form = links()[place()]?.closest("[data-kw-item]").querySelector("form[data-kw-put-off]");
  if (!form) return;
  // The page comes back without this one: the next one then stands in its place.
  sessionStorage.setItem(REACHED, String(place()));
  form.requestSubmit();
}

const KEYS = { j: () => go(place() + 1), k: () => go(place() < 0 ? 0 : place() - 1), s: putOff };

/** @param {Element} target */
const isWriting = (target) => target.matches("input, textarea, select, [contenteditable]");

const isOff = () => document.cookie.split("; ").includes(OFF);

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function show(note) {
  for (const part of note.querySelectorAll("[data-kw-keys-on]")) part.hidden = isOff();
  for (const part of note.querySelectorAll("[data-kw-keys-off]")) part.hidden = !isOff();
}

function turn(note) {
  const age = isOff() ? 0 : KEPT_FOR;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${OFF}; path=/clinic/; max-age=${age}; samesite=strict${secure}`;
  show(note);
}

const note = document.querySelector('[data-kw="keys"]');
if (note) {
  document.addEventListener("keydown", onKey);
  note.hidden = false;
  show(note);
  note.querySelector("[data-kw-keys-turn]").addEventListener("click", () => turn(note));
}

const reached = sessionStorage.getItem(REACHED);
if (reached !== null) {
  sessionStorage.removeItem(REACHED);
  go(Number(reached));
}
