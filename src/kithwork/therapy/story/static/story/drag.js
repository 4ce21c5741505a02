/** Carrying something along the axis with the pointer: it follows sideways, and the drop is a move. */

import { dayAt, placeOf } from "./axis.js";

const STARTS_AFTER = 6;
const CLICK_FOLLOWS_MS = 60;

/**
 * @param {(target: EventTarget | null) => Element | null} markOf
 * @param {(mark: Element, day: string) => unknown} drop
 */
export function bindDragging(markOf, drop) {
  /** @type {{mark: Element, from: number, x: number, id: number, carried: boolean} | null} */
  let held = null;
  let droppedAt = -Infinity;

  /** The click that ends a drag is not a choice. @param {MouseEvent} event */
  function swallow(event) {
    if (event.timeStamp - droppedAt > CLICK_FOLLOWS_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function letGo() {
    held?.mark.removeAttribute("transform");
    held?.mark.classList.remove("is-carried");
    held = null;
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    if (!held || event.pointerId !== held.id) return;
    const moved = placeOf(event) - held.from;
    if (!held.carried && Math.abs(event.clientX - held.x) < STARTS_AFTER) return;
    held.carried = true;
    held.mark.classList.add("is-carried");
    held.mark.setAttribute("transform", `translate(${Math.round(moved)} 0)`);
  }

  /** @param {PointerEvent} event */
  function end(event) {
    if (!held || event.pointerId !== held.id) return;
    const { mark, from, carried } = held;
    const to = Number(mark.getAttribute("data-x")) + placeOf(event) - from;
    letGo();
    if (!carried) return;
    droppedAt = event.timeStamp;
    drop(mark, dayAt(to));
  }

  document.addEventListener("pointerdown", (event) => {
    const mark = markOf(event.target);
    if (mark && !event.button && event.isPrimary) {
      held = { mark, from: placeOf(event), x: event.clientX, id: event.pointerId, carried: false };
    }
  });
  document.addEventListener("click", swallow, true);
  document.addEventListener("dragstart", (event) => markOf(event.target) && event.preventDefault());
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", (event) => event.key === "Escape" && letGo());
}
