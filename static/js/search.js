// The search box: "/" takes the focus, arrows walk the suggestions that htmx put below it.
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input[type=search]");
  const box = form.querySelector(".suggestions");
  let typed = input.value;
  form.classList.add("live");

  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => box.querySelector("[aria-selected=true]");

  function show(visible) {
    box.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
    if (!visible) choose(null);
  }

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = options();
    if (!all.length) return;
    show(true);
    const at = all.indexOf(chosen()) + by;
    // One place before the first and after the last is the box itself.
    choose(at < -1 ? all[all.length - 1] : all[at] ?? null);
  }

  if (input.hasAttribute("hx-get")) {
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox",
      "aria-controls": "suggestions", "aria-expanded": "false",
    })) input.setAttribute(name, value);
  }

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || writing || document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the Chinese input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  input.addEventListener("input", () => { typed = input.value; choose(null); });
  input.addEventListener("focus", () => show(typed === input.value && options().length > 0));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  form.addEventListener("submit", () => show(false));
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  // What comes late leaves alone who has begun to choose.
  box.addEventListener("htmx:beforeSwap", (event) => { if (chosen()) event.detail.shouldSwap = false; });
  box.addEventListener("htmx:afterSwap", () => {
    show(document.activeElement === input && input.value.trim() !== "" && options().length > 0);
  });
})();
