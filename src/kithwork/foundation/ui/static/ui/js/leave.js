/**
 * Leave quickly: blanks the page at once, ends the session, and goes to a neutral page.
 *
 * Bound to `<form data-kw-leave="/neutral/">`. Three presses of Shift within five seconds do the same.
 * Without JavaScript the form is an ordinary post.
 */

import { said } from "./words.js";

const PRESSES = 3;
const WITHIN_MS = 5000;
const WAIT_FOR_SERVER_MS = 700;

/** @param {string} words */
function say(words) {
  const status = document.querySelector("[data-kw-status]");
  if (status) status.textContent = words;
}

/**
 * End the session on the server; a slow server must not keep the page waiting.
 * @param {HTMLFormElement} form
 */
async function endSession(form) {
  const sent = fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    redirect: "manual",
    keepalive: true,
  }).catch(() => undefined);
  const enough = new Promise((resolve) => setTimeout(resolve, WAIT_FOR_SERVER_MS));
  await Promise.race([sent, enough]);
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  document.documentElement.classList.add("kw-blank");
  document.title = "\u200b";
  await endSession(form);
  location.replace(form.dataset.kwLeave || form.action);
}

/** @param {HTMLFormElement} form */
function listenForShift(form) {
  let presses = 0;
  let first = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    if (event.repeat) return;
    if (event.timeStamp - first > WITHIN_MS) presses = 0;
    if (presses === 0) first = event.timeStamp;
    presses += 1;
    if (presses === PRESSES) leave(form);
    else if (presses === PRESSES - 1) say(said("shift-twice"));
  });
}

function bind() {
  const form = document.querySelector("[data-kw-leave]");
  if (!form) return;
  if (!(form instanceof HTMLFormElement)) throw new Error("Leave quickly: data-kw-leave belongs on a form.");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form);
  });
  listenForShift(form);
  // A page brought back by the Back button out of memory must stay blank until it is asked for anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("kw-blank")) location.reload();
  });
}

bind();
