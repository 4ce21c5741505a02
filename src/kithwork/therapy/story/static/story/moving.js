/**
 * Saves a move and takes the answer's picture, or leaves everything where it was and says so.
 *
 * What is said is said after the save: "Row about money, spring 2021, moved from spring 2022".
 */

import { said } from "../ui/js/words.js";

const PARTS = ["story-picture", "story-chosen", "story-table", "kw-receipts"];

/** What was moved and where it stood, the last one last. @type {{id: string, key: string}[]} */
const made = [];

/** @param {string} words */
function say(words) {
  const status = document.querySelector("[data-kw-status]");
  if (status) status.textContent = words;
}

/** @param {string} id */
const markFor = (id) => document.querySelector(`[data-kw="event"][data-event="${id}"]`);

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** What has the focus, so that it can be given back to the same thing of the new page. */
function focusNow() {
  const focused = document.activeElement;
  const id = focused?.closest("[data-kw='event']")?.getAttribute("data-event");
  if (id) return () => markFor(id);
  if (!(focused instanceof HTMLButtonElement) || !focused.form?.matches("[data-kw-move]")) return () => null;
  const value = focused.value;
  return () => document.querySelector(`[data-kw-move] button[value="${value}"]`);
}

/** @param {string} html */
function swap(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector("[data-kw-timeline]")) throw new Error("not the timeline");
  const scroll = document.querySelector("#story-picture .kw-chart__scroll")?.scrollLeft || 0;
  const before = focusNow();
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
  const scroller = document.querySelector("#story-picture .kw-chart__scroll");
  if (scroller) scroller.scrollLeft = scroll;
  const again = before();
  if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
}

/** @param {string} url @param {Record<string, string>} fields */
async function post(url, fields) {
  const mover = document.querySelector("[data-kw-mover]");
  const body = new FormData(/** @type {HTMLFormElement} */ (mover));
  for (const [name, value] of Object.entries({ ...fields, key: newKey() })) body.set(name, value);
  const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", keepalive: true });
  const html = await answer.text();
  if (!answer.ok) {
    const page = new DOMParser().parseFromString(html, "text/html");
    throw new Error(page.querySelector("[data-kw-error-summary] li")?.textContent?.trim() || "");
  }
  swap(html);
  history.replaceState(null, "", answer.url.replace(/[?&](saved|what)=[^&#]*/g, ""));
}

/** @param {string} words */
function refuse(words) {
  say(words);
  const line = document.createElement("div");
  line.className = "kw-receipt kw-receipt--error";
  line.textContent = words;
  document.getElementById("kw-receipts")?.replaceChildren(line);
}

/** One move after the other, so that they are kept in the order in which they were made. */
let last = Promise.resolve();

/** @param {Element} mark @param {Record<string, string>} fields */
export function save(mark, fields) {
  const read = (/** @type {string} */ name) => mark.getAttribute(`data-${name}`) || "";
  const [id, name, url] = [read("event"), read("name"), read("move")];
  last = last.then(() => move(id, name, url, fields));
  return last;
}

/** @param {string} id @param {string} name @param {string} url @param {Record<string, string>} fields */
async function move(id, name, url, fields) {
  const stood = markFor(id);
  const [when, key] = [stood?.getAttribute("data-when") || "", stood?.getAttribute("data-key") || ""];
  try {
    await post(url, fields);
  } catch (trouble) {
    const why = trouble instanceof Error && trouble.message.endsWith(".") ? trouble.message : said("try-again");
    refuse(said("not-saved", { name, when, why }));
    return;
  }
  if (!("when" in fields)) made.push({ id, key });
  const now = markFor(id)?.getAttribute("data-when");
  say(now === when ? said("stays", { name, when }) : said("moved", { name, now: now || "", when }));
}

/** Take the last move back: put it where it stood. */
export function takeBack() {
  last = last.then(async () => {
    const before = made.pop();
    const mark = before && markFor(before.id);
    if (!before || !mark) return;
    await move(before.id, mark.getAttribute("data-name") || "", mark.getAttribute("data-move") || "", { when: before.key });
  });
  return last;
}
