// The assistant: opens its panel beside a page, follows an answer while it is written, and says it
// aloud once when it is whole. Without this file everything works as forms.
(() => {
  const launcher = document.querySelector("[data-ask-open]");
  const dock = document.getElementById("ask-dock");
  const announcer = document.getElementById("announcer");
  const OPEN = "ask-open";
  const wide = matchMedia("(min-width: 48rem)");

  function nearEnd(box) {
    return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  }

  function toEnd(element, smooth) {
    const box = element?.closest("[data-ask]")?.querySelector("[data-ask-scroll]");
    box?.scrollTo({ top: box.scrollHeight, behavior: smooth ? "smooth" : "auto" });
  }

  // A long answer is read from its beginning, with the end of the question above it.
  function toBeginning(bubble) {
    const box = bubble?.closest("[data-ask]")?.querySelector("[data-ask-scroll]");
    if (!box) return;
    const above = bubble.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTo({ top: box.scrollTop + above - 64, behavior: "smooth" });
  }

  // --- The panel ---
  async function open(focus) {
    await htmx.ajax("GET", launcher.dataset.askOpen, { target: "#ask-dock", swap: "innerHTML" });
    dock.hidden = false;
    launcher.hidden = true;
    sessionStorage.setItem(OPEN, "1");
    toEnd(dock.querySelector(".ask-log"));
    if (focus) dock.querySelector("textarea")?.focus();
  }

  function close() {
    dock.hidden = true;
    dock.replaceChildren();
    launcher.hidden = false;
    sessionStorage.removeItem(OPEN);
    launcher.focus();
  }

  if (launcher) {
    launcher.setAttribute("role", "button");
    launcher.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(true);
    });
    launcher.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); open(true); }
    });
    dock.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    dock.addEventListener("click", (event) => { if (event.target.closest("[data-ask-close]")) close(); });
    if (wide.matches && sessionStorage.getItem(OPEN)) open(false);
  }

  // --- An answer that is being written ---
  function follow(words) {
    words.dataset.following = "yes";
    const box = words.closest("[data-ask-scroll]");
    const source = new EventSource(words.dataset.stream);
    source.addEventListener("again", () => { words.textContent = ""; });
    source.addEventListener("words", (event) => {
      const { at, text } = JSON.parse(event.data);
      const end = box && nearEnd(box);
      words.textContent = [...words.textContent].slice(0, at).join("") + text;
      if (end) toEnd(words);
    });
    source.addEventListener("over", () => { source.close(); finish(words); });
    source.addEventListener("error", () => {
      if (!words.isConnected) source.close();
      else if (source.readyState === EventSource.CLOSED) setTimeout(() => finish(words), 2000);
    });
  }

  async function finish(words) {
    if (!words.isConnected) return;
    const bubble = words.closest(".bubble");
    const { id } = bubble;
    const log = bubble.parentElement;
    const end = nearEnd(log.closest("[data-ask-scroll]") ?? log);
    await htmx.ajax("GET", words.dataset.done, { target: `#${id}`, swap: "outerHTML" });
    const now = document.getElementById(id);
    if (now && announcer) announcer.textContent = now.querySelector(".ask-answer, .words")?.innerText ?? "";
    if (end) toBeginning(now);
  }

  function look() {
    for (const refused of document.querySelectorAll("[data-refused]")) {
      delete refused.dataset.refused;
      unsent(document.querySelector("[data-ask-form]"));
    }
    for (const words of document.querySelectorAll("[data-stream]:not([data-following])")) follow(words);
    const seen = new Set();
    for (const bubble of document.querySelectorAll("#ask-log > [id]")) {
      if (seen.has(bubble.id)) bubble.remove();
      seen.add(bubble.id);
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    look();
    const { elt } = event.detail;
    if (elt.id === "ask-log") {
      toEnd(elt, true);
      const last = elt.lastElementChild;
      if (last?.classList.contains("agent") && announcer) announcer.textContent = last.innerText;
    }
  });

  // --- The box: Enter sends, Shift and Enter makes a line ---
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-ask-form] textarea");
    if (!box || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches?.("[data-ask-form]")) return;
    const box = form.elements.text;
    form.dataset.words = box.value;
    box.value = "";
    box.focus();
  });
  // What was not sent stands in the box again: the connection broke, or it was refused.
  function unsent(form) {
    if (form?.matches?.("[data-ask-form]") && !form.elements.text.value) form.elements.text.value = form.dataset.words ?? "";
  }
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => unsent(event.detail.elt));
  }

  // --- A chip that is opened to be changed: its words stand ready ---
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches?.(".ask-chip-words")) event.target.querySelector("input").select();
  }, true);

  // --- News from another device or a person: asked for while somebody looks ---
  let beats = 0;
  setInterval(() => {
    const news = document.querySelector("[data-ask-look]");
    beats += 1;
    if (!news || document.visibilityState !== "visible" || document.querySelector("[data-following], .ask-chip-words[open]")) return;
    if (beats % Math.max(1, Number(news.dataset.every) / 2) === 0) htmx.trigger(news, "ask-look");
  }, 2000);

  look();
  toEnd(document.querySelector(".ask-page .ask-log"));
})();
