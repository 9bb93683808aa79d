// Drafts to be decided: keys anywhere on the page, and the mark goes on to the next draft.
(() => {
  const all = () => [...document.querySelectorAll("[data-review]")];
  let current = null;
  let last = null;
  let going = -Infinity; // when g was pressed

  function mark(row, { focus = true } = {}) {
    if (!row) return;
    current?.classList.remove("current");
    current = row;
    row.classList.add("current");
    const target = row.querySelector("[data-approve]") ?? row.querySelector("button");
    if (focus) target?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function here() {
    const held = document.activeElement?.closest?.("[data-review]");
    if (held) return held;
    return current?.isConnected ? current : all()[0];
  }

  function step(by) {
    const rows = all();
    const at = rows.indexOf(here());
    mark(rows[Math.max(0, Math.min(rows.length - 1, at + by))]);
  }

  function reject(row) {
    const fold = row.querySelector("details");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("input").focus();
  }

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (event.key === "Enter" && event.target.matches?.("[data-review] input[name=reason]")) {
      event.preventDefault();
      event.target.closest("details").querySelector("button").click();
      return;
    }
    if (writing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.documentElement.dataset.keys === "off") return;
    // After g the page's own keys lead elsewhere.
    const after = event.timeStamp - going < 1500;
    going = event.key === "g" ? event.timeStamp : -Infinity;
    const row = here();
    const acts = {
      j: () => step(1),
      k: () => step(-1),
      a: () => row?.querySelector("[data-approve]")?.click(),
      r: () => row && reject(row),
      u: () => (row?.querySelector("[data-undo]") ?? last?.querySelector("[data-undo]"))?.click(),
      o: () => row?.querySelector("[data-open]")?.click(),
    };
    const act = acts[event.key.toLowerCase()];
    if (!act || !row || after) return;
    event.preventDefault();
    act();
  }, true);

  // The decided row is replaced; the next one that waits takes the mark. Not sooner than htmx has
  // settled: until then a new row has the classes of the one before it.
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.detail.elt?.closest?.("[data-touched]");
    if (!row) return;
    if (!row.classList.contains("decided")) return mark(row);
    last = row;
    let next = row.nextElementSibling;
    while (next?.classList.contains("decided")) next = next.nextElementSibling;
    mark(next ?? row);
  });

  // A refusal comes back with 422: htmx shall show it, not drop it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  mark(all()[0], { focus: false });
})();
