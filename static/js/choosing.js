// Rows to tick: one box ticks all of the page, and Shift ticks everything between two.
(() => {
  const boxes = () => [...document.querySelectorAll("input[name=pk]")];
  let last = null;

  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-choose-all]");
    if (all) for (const box of boxes()) box.checked = event.target.checked;
  });

  document.addEventListener("click", (event) => {
    if (!event.target.matches?.("input[name=pk]")) return;
    const every = boxes();
    const [from, to] = [every.indexOf(last), every.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) {
      for (const box of every.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = event.target;
  });
})();
