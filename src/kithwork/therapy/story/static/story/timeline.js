/**
 * Moving something along the timeline by arrow keys and by dragging; the plain form in the panel is the third way.
 *
 * Bound to `[data-kw="event"][data-move]` in `[data-kw-timeline]` and to the form `[data-kw-move]`. The server
 * reads, rounds and draws; without JavaScript the form does all of it.
 */

import { bindDragging } from "./drag.js";
import { save, takeBack } from "./moving.js";

const QUIET_MS = 350;
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** @param {EventTarget | null} target */
export const markOf = (target) => (target instanceof Element ? target.closest("[data-kw='event'][data-move]") : null);

/** Arrow presses that wait for a pause. @type {{mark: Element, steps: number, timer: number} | null} */
let waiting = null;

function flush() {
  if (!waiting) return;
  const { mark, steps, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  if (steps) save(mark, { steps: String(steps) });
}

/** @param {Element} mark @param {number} by */
function step(mark, by) {
  if (waiting && waiting.mark !== mark) flush();
  const steps = (waiting?.steps || 0) + by;
  clearTimeout(waiting?.timer);
  waiting = { mark, steps, timer: setTimeout(flush, QUIET_MS) };
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const mark = markOf(event.target);
  if (event.key === "Escape" && (mark || event.target === document.body)) {
    flush();
    takeBack();
    return;
  }
  if (!mark || event.ctrlKey || event.metaKey || event.altKey || !(event.key in STEPS)) return;
  event.preventDefault();
  step(mark, STEPS[/** @type {keyof typeof STEPS} */ (event.key)]);
}

/** The panel's buttons and its box do the same without a new page. @param {SubmitEvent} event */
function onSubmit(event) {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-kw-move]")) return;
  const mark = document.querySelector(`[data-kw="event"][data-event="${form.dataset.event}"]`);
  if (!mark || !(button instanceof HTMLButtonElement) || button.name !== "steps") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  save(mark, { steps: button.value });
}

/** Where the picture is wider than the screen, it begins with today. */
const scroller = document.querySelector("#story-picture .kw-chart__scroll");
if (scroller) scroller.scrollLeft = scroller.scrollWidth;

document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit, true);
document.addEventListener("focusout", flush);
addEventListener("pagehide", flush);
bindDragging(markOf, (mark, day) => save(mark, { day }));
