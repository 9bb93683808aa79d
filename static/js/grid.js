// The table of products: keys move between cells, copied cells are pasted into many, changed ones
// are marked and counted. Without this file it is a plain form.
(() => {
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) =>
    [...row.cells].slice(1).map((cell) => cell.querySelector("[data-cell]")));
  const told = form.querySelector("[data-grid-count]");
  const words = form.querySelector("[data-grid-words]").content.textContent.trim();
  const before = new Map(rows.flat().filter(Boolean).map((cell) => [cell, cell.value]));
  let leaving = false;

  function placeOf(cell) {
    for (const [y, row] of rows.entries()) {
      const x = row.indexOf(cell);
      if (x >= 0) return [x, y];
    }
    return null;
  }

  function go(x, y, dx, dy) {
    for (x += dx, y += dy; rows[y] && x >= 0 && x < rows[y].length; x += dx, y += dy) {
      const cell = rows[y][x];
      if (!cell) continue;
      cell.focus();
      cell.select?.();
      return;
    }
  }

  function mark() {
    let count = 0;
    for (const [cell, value] of before) {
      const changed = cell.value !== value;
      cell.parentElement.classList.toggle("cell-changed", changed);
      count += changed;
    }
    told.textContent = count ? `${words} ${count}` : "";
  }

  function put(cell, text) {
    if (!cell) return;
    if (cell.options) {
      const said = text.trim().toLowerCase();
      const fits = [...cell.options].find((one) =>
        one.value === said || one.textContent.trim().toLowerCase() === said);
      if (fits) cell.value = fits.value;
    } else cell.value = text.trim();
  }

  form.addEventListener("input", mark);
  form.addEventListener("change", mark);

  const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  form.addEventListener("keydown", (event) => {
    const at = placeOf(event.target);
    if (!at || event.isComposing) return;
    let move = null;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) move = [0, event.shiftKey ? -1 : 1];
    else if (event.altKey) move = moves[event.key];
    else if (!event.target.options && event.key in moves && moves[event.key][0] === 0) move = moves[event.key];
    if (move) {
      event.preventDefault();
      go(...at, ...move);
    } else if (event.key === "Escape") {
      event.target.value = before.get(event.target);
      mark();
    } else if ((event.key === "s" || event.key === "Enter") && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  form.addEventListener("paste", (event) => {
    const at = placeOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!at || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
    for (const [dy, line] of lines.entries()) {
      for (const [dx, value] of line.split("\t").entries()) {
        put(rows[at[1] + dy]?.[at[0] + dx], value);
      }
    }
    mark();
  });

  addEventListener("beforeunload", (event) => {
    if (!leaving && told.textContent) event.preventDefault();
  });
  form.addEventListener("submit", () => { leaving = true; });
  mark();
})();
