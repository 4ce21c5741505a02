/**
 * The diary's form when the network goes: the words stay in the page, and are saved once it is back.
 *
 * Bound to `<form data-kw-diary>`. The form's key makes one entry of it, however often it is sent. Also says how
 * much waits on this phone for whoever is signed in (`data-kw-waiting="mark"`).
 */

import { said } from "../ui/js/words.js";
import { entriesOf } from "./phone.js";

const AGAIN_MS = 5_000;
const KEPT_ALIVE = 60_000;
/** @type {{form: HTMLFormElement, timer: number} | null} */
let waiting = null;

/** @param {HTMLFormElement} form @param {string} words @param {string} [signIn] */
function say(form, words, signIn = "") {
  const place = form.querySelector("[data-kw-diary-says]");
  if (!(place instanceof HTMLElement)) return;
  place.textContent = words;
  if (signIn) {
    const link = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", rel: "noopener", textContent: said("sign-in-beside") });
    place.append(" ", link);
  }
  place.hidden = !words;
}

/** @param {HTMLFormElement} form */
function release(form) {
  form.removeAttribute("data-kw-sending");
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

/** The pressed button's own value, so that every further try says the same. @param {HTMLFormElement} form @param {HTMLElement | null} button */
function remember(form, button) {
  form.querySelector("input[data-kw-pressed]")?.remove();
  if (!(button instanceof HTMLButtonElement) || !button.name) return;
  const input = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  input.dataset.kwPressed = "";
  form.append(input);
}

/** @param {HTMLFormElement} form */
function bodyOf(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  // Signing in again in another tab makes a new token; the page's own is then an old one.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) body.set("csrfmiddlewaretoken", token[1]);
  return body;
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const body = bodyOf(form);
  let answer;
  try {
    // Whoever closes the page right after Save has saved all the same; browsers do that for small bodies alone.
    const keepalive = body.toString().length < KEPT_ALIVE;
    answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", keepalive });
  } catch {
    return waitFor(form);
  }
  const url = new URL(answer.url);
  if (answer.redirected && url.searchParams.has("saved")) return location.assign(url);
  release(form);
  if (answer.status >= 500) return waitFor(form);
  if (answer.status === 401 || answer.status === 403 || answer.redirected) {
    return say(form, said("signed-out"), "/sign-in/");
  }
  // Something needs another look: the page itself says what.
  HTMLFormElement.prototype.submit.call(form);
}

/** @param {HTMLFormElement} form */
function waitFor(form) {
  release(form);
  say(form, said("no-network"));
  if (waiting) clearTimeout(waiting.timer);
  waiting = { form, timer: setTimeout(again, AGAIN_MS) };
}

function again() {
  if (!waiting) return;
  const { form, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  send(form);
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-kw-diary")) return;
  event.preventDefault();
  if (waiting) clearTimeout(waiting.timer);
  waiting = null;
  remember(form, event.submitter);
  send(form);
}

async function sayWhatWaits() {
  const place = document.querySelector("[data-kw-waiting]");
  if (!(place instanceof HTMLElement)) return;
  const count = (await entriesOf(place.dataset.kwWaiting || "")).length;
  const words = place.querySelector("[data-kw-waiting-count]");
  if (words) words.textContent = said("waiting", { count });
  place.hidden = count === 0;
}

document.addEventListener("submit", onSubmit);
addEventListener("online", again);
sayWhatWaits();
