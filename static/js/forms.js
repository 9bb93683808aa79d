// Forms: one press is one act, passwords can be looked at, and errors get the focus.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has read the form, or the pressed button's value would be lost.
    setTimeout(() => {
      (event.submitter ?? form.querySelector("button"))?.setAttribute("aria-busy", "true");
    });
  });

  // What is wrong the page says: in its language, all of it at once, where it stays to be read. A
  // browser says one thing at a time, in a language of its own.
  for (const form of document.querySelectorAll("form[method=post]:has(.field)")) form.noValidate = true;

  function free() {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }
  }
  window.addEventListener("pageshow", free); // also when Back brings the page out of the cache
  document.addEventListener("htmx:afterRequest", free);

  for (const button of document.querySelectorAll("[data-reveal]")) {
    button.addEventListener("click", () => {
      const field = button.parentElement.querySelector("input");
      const visible = field.type === "password";
      field.type = visible ? "text" : "password";
      button.setAttribute("aria-pressed", String(visible));
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  document.querySelector("[data-errors]")?.focus();
})();
