// Copies the session's text at a press; without this script the text can be selected as always.
const button = document.querySelector("[data-kw-copy]");
const text = document.querySelector("[data-kw-copy-text]");
const state = document.querySelector("[data-kw-copy-state]");

async function copy() {
  text.focus();
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    state.textContent = button.dataset.saidCopied;
  } catch {
    state.textContent = button.dataset.saidSelected;
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
