// Theme without a reload, and menus that close when they should. Without this file the
// same buttons send a form, and menus close by their own summary.
(() => {
  const root = document.documentElement;

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-display]") || button?.name !== "theme") return;
    event.preventDefault();
    if (button.value) root.dataset.theme = button.value;
    else delete root.dataset.theme;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${button.value}; Path=/; Max-Age=${button.value ? 31536000 : 0}; SameSite=Lax${secure}`;
    for (const other of event.target.querySelectorAll("[name=theme]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });

  // Filters change the address without a reload: what leads back to this page follows it.
  function follow() {
    const here = new URL(location.href);
    for (const next of document.querySelectorAll("[data-display] [name=next]")) {
      next.value = here.pathname + here.search;
    }
    for (const link of document.querySelectorAll("a[hreflang]")) {
      const other = new URL(here);
      other.searchParams.set("lang", link.hreflang);
      link.href = other.pathname + other.search;
    }
  }
  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
    document.addEventListener(name, follow);
  }

  navigator.serviceWorker?.register("/worker.js").catch(() => {}); // without it: the browser's page

  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
