/**
 * The circles' four equal ways: drag, tap a person then a ring, arrow keys, and the plain form in the panel.
 *
 * Bound to `[data-kw="person"][data-place]` and to the form `[data-kw-place]`; without JavaScript that form does it.
 */

import { bindDragging } from "./drag.js";
import "./follow.js";
import { flush, move, placeOf, step, takeBack } from "./moves.js";
import { at, placeAt, ringAt } from "./places.js";
import { person, show } from "./saving.js";

/** @param {EventTarget | null} target */
const discOf = (target) => (target instanceof Element ? target.closest("[data-kw='person'][data-place]") : null);

/** @param {KeyboardEvent} event */
async function onKey(event) {
  const disc = discOf(event.target);
  if (event.key === "Escape" && (disc || event.target === document.body)) {
    await takeBack();
    return;
  }
  if (!disc || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    step(disc, event.key);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const card = disc.getAttribute("data-card") || "";
    await flush();
    location.assign(card);
  }
}

/** A fold opens: its ring is spread out, and the first person there has the focus. @param {Element} fold */
async function spread(fold) {
  const url = fold.getAttribute("href") || "";
  const ring = fold.getAttribute("data-kw-fold");
  try {
    await show(url);
    document.querySelector(`[data-kw-circles] [data-kw="person"][data-ring="${ring}"]`)?.focus({ preventScroll: true });
  } catch {
    location.assign(url);
  }
}

/** A tap on a person chooses them; the next one, on a ring, moves them there. @param {MouseEvent} event */
function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const fold = event.target instanceof Element && event.target.closest("[data-kw-fold]");
  if (fold) {
    event.preventDefault();
    spread(fold);
    return;
  }
  const disc = discOf(event.target) || (event.target instanceof Element && event.target.closest("[data-kw-lane]"));
  if (disc) {
    event.preventDefault();
    const url = disc.getAttribute("href") || "";
    show(url).catch(() => location.assign(url));
    return;
  }
  const chosen = document.querySelector("[data-kw='person'][aria-current='true'][data-place]");
  const onPicture = event.target instanceof Element && event.target.closest("[data-kw-circles]");
  if (chosen && onPicture && ringAt(at(event))) move(chosen, placeAt(at(event)));
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-kw-place]")) return;
  const disc = person(form.dataset.person || "");
  if (!disc || !(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  const here = placeOf(disc);
  move(disc, button.name === "ring" ? { ring: button.value, angle: "" } : { ring: here.ring, angle: button.value });
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.addEventListener("submit", onSubmit);
document.addEventListener("focusout", () => void flush());
addEventListener("pagehide", () => void flush());
bindDragging(discOf, move);
