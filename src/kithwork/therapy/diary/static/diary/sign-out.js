/**
 * Signing out takes what waits on this phone with it: said first, where something does.
 *
 * Bound to `<form action="/sign-out/">`. Another account's part of the phone stays, sealed as it is.
 */

import { everything, forget, phones } from "./phone.js";
import { whoIsIn } from "./sending.js";

/** @param {HTMLFormElement} form @param {number} count */
function warn(form, count) {
  const note = Object.assign(document.createElement("p"), { className: "kw-notice" });
  note.setAttribute("role", "status");
  const say = count === 1 ? "1 diary entry is on this phone, not sent yet." : `${count} diary entries are on this phone, not sent yet.`;
  note.append(`${say} Signing out takes ${count === 1 ? "it" : "them"} away. `);
  note.append(Object.assign(document.createElement("a"), { href: "/offline/", textContent: "Send first" }));
  form.before(note);
  const button = form.querySelector("button");
  if (button) button.lastChild?.replaceWith(" Sign out all the same");
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  const who = await whoIsIn();
  const mark = typeof who === "object" && "mark" in who ? who.mark : "";
  const all = await everything();
  const mine = all.filter((kept) => kept.mark === mark);
  if (mine.length && !form.dataset.kwWarned) {
    form.dataset.kwWarned = "yes";
    return warn(form, mine.length);
  }
  if (mark) await forget(mark);
  if ((await phones()).length) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: "others" }));
  }
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("form[action='/sign-out/']")) return;
  event.preventDefault();
  leave(form).catch(() => HTMLFormElement.prototype.submit.call(form));
});
