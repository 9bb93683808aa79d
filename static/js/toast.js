// Passing words: they stay eight seconds, wait while looked at, and errors stay until dismissed.
// Also says aloud what a swap brought ("12 products") and when a request failed.
(() => {
  const STAY_MS = 8000;
  const region = document.getElementById("toasts");
  const announcer = document.getElementById("announcer");

  function settle(toast) {
    toast.dataset.settled = "yes";
    toast.querySelector("button").addEventListener("click", () => toast.remove());
    if (toast.classList.contains("bad")) return;
    let timer = 0;
    const wait = () => { timer = setTimeout(() => toast.remove(), STAY_MS); };
    const pause = () => clearTimeout(timer);
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, pause);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
    wait();
  }

  function say(text, kind = "") {
    for (const same of region.children) if (same.textContent.startsWith(text)) return;
    const toast = document.createElement("div");
    const words = document.createElement("p");
    const close = document.createElement("button");
    toast.className = `toast ${kind}`;
    words.textContent = text;
    close.type = "button";
    close.className = "button quiet small";
    close.textContent = region.dataset.close;
    toast.append(words, close);
    region.append(toast);
  }

  // What was said on the page before it was here: a region that comes full is not read aloud.
  const said = document.querySelector("[data-said]")?.innerText;
  if (said) setTimeout(() => { announcer.textContent = said; }, 300);

  new MutationObserver(() => {
    region.querySelectorAll(".toast:not([data-settled])").forEach(settle);
  }).observe(region, { childList: true, subtree: true });

  document.addEventListener("htmx:sendError", () => say(region.dataset.offline, "bad"));
  document.addEventListener("htmx:responseError", () => say(region.dataset.failed, "bad"));
  document.addEventListener("htmx:afterSettle", (event) => {
    const news = event.detail.elt.querySelector?.("[data-announce]");
    if (news) announcer.textContent = news.textContent;
  });
})();
