/** Where things are on the circles: from the pointer to a ring and an angle, and back. */

import { said } from "../ui/js/words.js";

const CENTRE = 200;
export const OFF = "off";

/** @typedef {{ring: string, angle: string}} Place */

export function svg() {
  const found = document.querySelector("[data-kw-circles]");
  if (!(found instanceof SVGSVGElement)) throw new Error("Circles: no picture on the page.");
  return found;
}

/** The rings, innermost first. */
export function rings() {
  const all = [...svg().querySelectorAll("[data-kw='ring']")];
  return all.sort((a, b) => Number(a.getAttribute("data-ring")) - Number(b.getAttribute("data-ring")));
}

/** @param {string} ring */
export function ringName(ring) {
  return rings().find((one) => one.getAttribute("data-ring") === ring)?.getAttribute("data-label") || said("off");
}

/** @param {{clientX: number, clientY: number}} pointer */
export function at(pointer) {
  const matrix = svg().getScreenCTM();
  if (!matrix) throw new Error("Circles: the picture is not shown.");
  return new DOMPoint(pointer.clientX, pointer.clientY).matrixTransform(matrix.inverse());
}

/** The ring under a point, or null outside. @param {DOMPoint} point */
export function ringAt(point) {
  const far = Math.hypot(point.x - CENTRE, point.y - CENTRE);
  return rings().find((ring) => far <= Number(ring.getAttribute("r"))) || null;
}

/** Dropped outside the rings, somebody goes back to the tray. @param {DOMPoint} point @returns {Place} */
export function placeAt(point) {
  const ring = ringAt(point);
  if (!ring) return { ring: OFF, angle: "" };
  const turn = (Math.atan2(point.x - CENTRE, CENTRE - point.y) * 180) / Math.PI;
  return { ring: ring.getAttribute("data-ring") || OFF, angle: String((Math.round(turn) + 360) % 360) };
}

/** Where a place is drawn while the server has not answered. @param {Place} place */
export function pointOf(place) {
  const edges = [0, ...rings().map((ring) => Number(ring.getAttribute("r")))];
  const ring = Number(place.ring);
  const far = ring === 1 ? edges[1] * 0.62 : (edges[ring - 1] + edges[ring]) / 2;
  const turn = (Number(place.angle || 90) * Math.PI) / 180;
  return { x: CENTRE + far * Math.sin(turn), y: CENTRE - far * Math.cos(turn) };
}
