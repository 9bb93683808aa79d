// The part of a picture that is shown, as a frame over the whole one: moved and resized by pointer
// or keys. The number fields say the same and are what is sent; without this file they are used.
(() => {
  const SIDES = ["crop_left", "crop_top", "crop_width", "crop_height"];
  const LEAST = 5;
  const within = (value, low, high) => Math.min(Math.max(Math.round(value), low), high);

  function start(details) {
    const stage = details.querySelector("[data-crop-stage]");
    const fields = SIDES.map((side) => details.querySelector(`input[name^="${side}:"]`));
    if (!stage.hidden || fields.includes(null)) return;
    const image = new Image();
    image.src = details.dataset.whole;
    image.alt = "";
    image.draggable = false;
    const frame = document.createElement("div");
    frame.className = "crop-frame";
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", stage.dataset.label);
    const corner = document.createElement("span");
    corner.className = "crop-corner";
    frame.append(corner);
    stage.append(image, frame);
    stage.hidden = false;

    const read = () => fields.map((field, n) => Number.parseInt(field.value, 10) || (n > 1 ? 100 : 0));

    function show() {
      const [left, top, width, height] = read();
      Object.assign(frame.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    }

    function write(left, top, width, height) {
      width = within(width, LEAST, 100);
      height = within(height, LEAST, 100);
      const box = [within(left, 0, 100 - width), within(top, 0, 100 - height), width, height];
      for (const [n, field] of fields.entries()) field.value = box[n];
      show();
      fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    }

    function size(left, top, width, height) {
      write(left, top, Math.min(width, 100 - left), Math.min(height, 100 - top));
    }

    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    frame.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [left, top, width, height] = read();
      if (event.shiftKey) size(left, top, width + move[0], height + move[1]);
      else write(left + move[0], top + move[1], width, height);
    });

    frame.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      frame.focus();
      frame.setPointerCapture(event.pointerId);
      const [left, top, width, height] = read();
      const { width: wide, height: high } = stage.getBoundingClientRect();
      const resize = event.target === corner;
      const drag = (now) => {
        const dx = ((now.clientX - event.clientX) * 100) / wide;
        const dy = ((now.clientY - event.clientY) * 100) / high;
        if (resize) size(left, top, width + dx, height + dy);
        else write(left + dx, top + dy, width, height);
      };
      frame.addEventListener("pointermove", drag);
      frame.addEventListener("pointerup", () => frame.removeEventListener("pointermove", drag), { once: true });
    });

    for (const field of fields) field.addEventListener("input", show);
    show();
  }

  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches?.("[data-crop]")) start(event.target);
  }, true);
  for (const details of document.querySelectorAll("[data-crop][open]")) start(details);
})();
