// Copies the session's text at a press; without this script the text can be selected as always.
const button = document.querySelector("[data-kw-copy]");
const text = document.querySelector("[data-kw-copy-text]");
const state = document.querySelector("[data-kw-copy-state]");

async function copy() {
  text.focus();
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    state.textContent = "Copied.";
  } catch {
    state.textContent = "The text is selected: copy it with your keyboard.";
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
