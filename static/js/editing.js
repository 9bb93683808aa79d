// The product form: Ctrl+S (or Cmd+S) saves, and what was typed a moment ago is kept before the
// page goes away. Without this file the buttons do the same.
(() => {
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  const kept = document.getElementById("kept");
  let typed = false;

  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === kept && event.detail.successful) typed = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[type=submit]"));
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !typed) return;
    const sent = new FormData(form);
    sent.delete("pictures");
    if (navigator.sendBeacon(kept.getAttribute("hx-post"), sent)) typed = false;
  });
})();
