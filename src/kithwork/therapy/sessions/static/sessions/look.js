/** A link into the frame opens what the frame stands in, and is marked as the one that is shown. */

const frame = document.querySelector("[data-kw-look]");

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[target=look]");
  if (!(frame instanceof HTMLDetailsElement) || !link) return;
  frame.open = true;
  for (const one of document.querySelectorAll("a[target=look]")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
});
