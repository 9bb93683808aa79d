// The portal: palette, shortcuts, narrow menu. Without this file the palette is a page, the menu
// is the browser's own drawer, and the switches are forms.
(() => {
  const root = document.documentElement;
  const palette = document.getElementById("palette");
  const keys = document.getElementById("keys");
  const drawer = document.getElementById("portal-nav");
  const WAIT_MS = 1500;
  let before = "";
  let timer = 0;

  // The menu shows where one is; the page itself stays where it was.
  const here = drawer?.querySelector("[aria-current]");
  if (here) {
    const below = here.getBoundingClientRect().bottom - drawer.getBoundingClientRect().bottom;
    if (below > 0) drawer.scrollTop += below + here.offsetHeight;
  }

  // --- Palette -------------------------------------------------------------------------------
  const text = palette?.querySelector("[role=combobox]");
  const found = palette?.querySelector("[role=listbox]");
  const options = () => [...found.querySelectorAll("[role=option]")];

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function openPalette() {
    if (!palette || palette.open) return;
    drawer?.hidePopover?.();
    keys?.close();
    palette.showModal();
    text.select();
    palette.dispatchEvent(new Event("palette"));
  }

  if (palette) {
    for (const link of document.querySelectorAll("[data-palette-open]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openPalette();
      });
      const combo = link.querySelector("[data-combo]");
      if (combo && /Mac|iP/.test(navigator.platform)) combo.textContent = "⌘ K";
    }
    palette.querySelector("[data-palette-close]").addEventListener("click", () => palette.close());
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    palette.querySelector("form").addEventListener("submit", (event) => {
      const option = found.querySelector("[aria-selected=true]");
      if (!option) return;
      event.preventDefault();
      option.click();
    });
    text.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter and arrows belong to the Chinese input method
      const all = options();
      const at = all.indexOf(found.querySelector("[aria-selected=true]"));
      const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
      if (!(event.key in steps) || !all.length) return;
      if ((event.key === "Home" || event.key === "End") && text.value) return;
      event.preventDefault();
      choose(all[(steps[event.key] + all.length) % all.length]);
    });
    found.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    found.addEventListener("htmx:afterSwap", () => {
      choose(options()[0] ?? null);
      document.getElementById("announcer").textContent =
        found.querySelector("[data-found]")?.textContent ?? "";
    });
  }

  // --- Shortcuts: outside of fields only, single letters switchable off -------------------------
  for (const close of document.querySelectorAll("[data-keys-close]")) {
    close.addEventListener("click", () => keys.close());
  }
  keys?.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });

  const rows = () => [...document.querySelectorAll("main .table tbody tr, main .lines > li")]
    .map((row) => row.querySelector("a[href]")).filter(Boolean);

  function walk(by) {
    const all = rows();
    const at = all.findIndex((link) => link.closest("tr, li") === document.activeElement.closest?.("tr, li"));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  const row = () => document.activeElement.closest?.("main tbody tr, main .lines > li");
  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    e: () => row()?.querySelector("a[href]")?.click(),
    x: () => row()?.querySelector("input[type=checkbox]")?.click(),
    "?": () => keys?.showModal(),
    "/": () => {
      const field = document.querySelector("main input[type=search]");
      field?.focus();
      field?.select();
      return Boolean(field);
    },
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette?.open) palette.close();
      else openPalette();
      return;
    }
    const writing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    const busy = root.dataset.keys === "off" || document.querySelector("dialog[open]");
    if (writing || busy || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || event.target.closest("[data-proposal]")) return;
    clearTimeout(timer);
    const pressed = event.key;
    if (before === "g") {
      before = "";
      const link = document.querySelector(`[data-go="${CSS.escape(pressed)}"]`);
      if (link) event.preventDefault();
      link?.click();
      return;
    }
    if (pressed === "g") {
      before = "g";
      timer = setTimeout(() => { before = ""; }, WAIT_MS);
      return;
    }
    const link = document.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
    if (link) link.click();
    else if (!acts[pressed] || acts[pressed]() === false) return;
    event.preventDefault();
  });

  // --- Narrow menu: at once, and remembered as the form would; before forms.js sees it ------------
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-narrow]") || !button) return;
    event.preventDefault();
    const narrow = button.value === "narrow";
    if (narrow) root.dataset.rail = "narrow";
    else delete root.dataset.rail;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `rail=${button.value}; Path=/; Max-Age=${narrow ? 31536000 : 0}; SameSite=Lax${secure}`;
    button.value = narrow ? "" : "narrow";
    button.setAttribute("aria-pressed", String(narrow));
  }, true);
})();
