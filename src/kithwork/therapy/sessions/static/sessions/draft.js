// Keeps a draft of what is being written while it is being written. Only Save makes it part of the record.
const PAUSE = 4000;
const LEAST_APART = 20000;

function watch(form) {
  const state = form.querySelector("[data-kw-draft-state]");
  let timer = 0;
  let last = 0;
  let sent = snapshot(form);

  async function keep() {
    const now = snapshot(form);
    if (now === sent) return;
    last = Date.now();
    try {
      const answer = await fetch(form.dataset.kwDraft, { method: "POST", body: drafted(form), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { kept } = await answer.json();
      sent = now;
      state.textContent = `Draft kept at ${kept}. Save makes it part of the record.`;
    } catch {
      state.textContent = "The draft could not be kept just now. Your words are still on this page.";
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(PAUSE, LEAST_APART - (Date.now() - last)));
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

function drafted(form) {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "note", "summary"]) body.set(name, form.elements[name].value);
  return body;
}

function snapshot(form) {
  return JSON.stringify([form.elements.note.value, form.elements.summary.value]);
}

document.querySelectorAll("form[data-kw-draft]").forEach(watch);
