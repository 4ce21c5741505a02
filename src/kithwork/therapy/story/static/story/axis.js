/** Where a day stands on the axis, and which day a place is: as the server drew it. */

const DAY_MS = 86_400_000;

export function picture() {
  const found = document.querySelector("[data-kw-timeline]");
  if (!(found instanceof SVGSVGElement)) throw new Error("Timeline: no picture on the page.");
  return found;
}

/** @param {{clientX: number, clientY: number}} pointer */
export function placeOf(pointer) {
  const matrix = picture().getScreenCTM();
  if (!matrix) throw new Error("Timeline: the picture is not shown.");
  return new DOMPoint(pointer.clientX, pointer.clientY).matrixTransform(matrix.inverse()).x;
}

function stretches() {
  return (picture().dataset.axis || "").split(";").map((told) => {
    const [first, last, left, right] = told.split(",");
    return { first: Date.parse(first), last: Date.parse(last), left: Number(left), right: Number(right) };
  });
}

/** The day at a place on the axis, no later than today. @param {number} x */
export function dayAt(x) {
  const all = stretches();
  const here = all.find((one) => x <= one.right) || all[all.length - 1];
  const share = Math.min(1, Math.max(0, (x - here.left) / (here.right - here.left)));
  const days = Math.round(((here.last - here.first) * share) / DAY_MS);
  const today = Date.parse(picture().dataset.today || "");
  return new Date(Math.min(here.first + days * DAY_MS, today)).toISOString().slice(0, 10);
}
