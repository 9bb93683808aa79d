// Facts to confirm: keys while the focus is in the list, and the focus goes on to the next row.
(() => {
  const rows = () => [...document.querySelectorAll("[data-proposal]:not(.decided)")];
  const target = (row) => row?.querySelector("[data-confirm]") ?? row?.querySelector("button");

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-proposal]");
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (!row || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = rows();
    const at = all.indexOf(row);
    const acts = {
      j: () => target(all[at + 1])?.focus(),
      k: () => target(all[at - 1])?.focus(),
      c: () => row.querySelector("[data-confirm]")?.click(),
      x: () => row.querySelector("[data-reject]")?.click(),
      e: () => {
        const fold = row.querySelector("details");
        if (!fold) return;
        fold.open = true;
        fold.querySelector("input").select();
      },
    };
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // The decided row is replaced: whoever works by keyboard goes on with the next one.
  document.addEventListener("htmx:afterSwap", (event) => {
    const row = event.detail.elt?.closest?.("[data-touched]");
    if (!row) return;
    let next = row.nextElementSibling;
    while (next?.classList.contains("decided")) next = next.nextElementSibling;
    (target(next) ?? target(row))?.focus();
  });

  // A value that is none comes back with 422: htmx shall show it, not drop it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
