/** Carrying somebody with the pointer: a copy follows it, the ring below lights up, the drop is a move. */

import { at, placeAt, ringAt, rings, svg } from "./places.js";

const STARTS_AFTER = 6;
const CLICK_FOLLOWS_MS = 60;
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} initials */
function copyOf(initials) {
  const copy = document.createElementNS(SVG, "g");
  copy.setAttribute("class", "carried");
  const disc = document.createElementNS(SVG, "circle");
  disc.setAttribute("class", "disc");
  disc.setAttribute("r", "19");
  const letters = document.createElementNS(SVG, "text");
  letters.setAttribute("class", "disc-initials");
  letters.setAttribute("dy", "0.35em");
  letters.setAttribute("font-size", "14");
  letters.textContent = initials;
  copy.append(disc, letters);
  return copy;
}

/** @param {Element | null} under */
function light(under) {
  for (const ring of rings()) ring.classList.toggle("is-under", ring === under);
}

/**
 * @param {(target: EventTarget | null) => Element | null} discOf
 * @param {(disc: Element, to: import("./places.js").Place) => unknown} move
 */
export function bindDragging(discOf, move) {
  /** @type {{disc: Element, x: number, y: number, id: number, copy: SVGGElement | null} | null} */
  let held = null;
  let droppedAt = -Infinity;

  /** The click that ends a drag is not a tap. @param {MouseEvent} event */
  function swallow(event) {
    if (event.timeStamp - droppedAt > CLICK_FOLLOWS_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    if (!held || event.pointerId !== held.id) return;
    if (!held.copy && Math.hypot(event.clientX - held.x, event.clientY - held.y) < STARTS_AFTER) return;
    if (!held.copy) {
      const initials = held.disc.querySelector(".disc-initials, .kw-chip__disc")?.textContent || "";
      held.copy = svg().appendChild(copyOf(initials));
      held.disc.classList.add("is-carried");
      document.getElementById("circles-picture")?.classList.add("is-dragging");
    }
    const point = at(event);
    held.copy.setAttribute("transform", `translate(${point.x} ${point.y})`);
    light(ringAt(point));
  }

  function letGo() {
    held?.copy?.remove();
    held?.disc.classList.remove("is-carried");
    document.getElementById("circles-picture")?.classList.remove("is-dragging");
    light(null);
    held = null;
  }

  /** @param {PointerEvent} event */
  function drop(event) {
    if (!held || event.pointerId !== held.id) return;
    const { disc, copy } = held;
    letGo();
    if (!copy) return;
    droppedAt = event.timeStamp;
    const to = placeAt(at(event));
    if (to.ring !== "off" || disc.getAttribute("data-ring") !== "off") move(disc, to);
  }

  document.addEventListener("pointerdown", (event) => {
    const disc = discOf(event.target);
    if (disc && !event.button && event.isPrimary) held = { disc, x: event.clientX, y: event.clientY, id: event.pointerId, copy: null };
  });
  document.addEventListener("click", swallow, true);
  document.addEventListener("dragstart", (event) => discOf(event.target) && event.preventDefault());
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", (event) => event.key === "Escape" && letGo());
}
