// Pictures of a product: thumbnails follow the swipe, a click opens one in full.
(() => {
  function start(gallery) {
    const track = gallery.querySelector(".gallery-track");
    const thumbs = [...gallery.querySelectorAll(".thumbs a")];
    const zoom = gallery.querySelector("dialog");
    if (gallery.dataset.started || !zoom) return;
    gallery.dataset.started = "yes";

    thumbs.forEach((thumb, at) => thumb.addEventListener("click", (event) => {
      event.preventDefault();
      track.scrollTo({ left: at * track.clientWidth });
    }));
    track.addEventListener("scroll", () => {
      const at = Math.round(track.scrollLeft / track.clientWidth);
      thumbs.forEach((thumb, index) => thumb.setAttribute("aria-current", String(index === at)));
    }, { passive: true });

    track.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const picture = zoom.querySelector("img");
      picture.src = link.href;
      picture.alt = link.querySelector("img").alt;
      zoom.showModal();
    });
    zoom.addEventListener("click", () => zoom.close());
  }

  const startAll = () => document.querySelectorAll("[data-gallery]").forEach(start);
  startAll();
  document.addEventListener("htmx:afterSettle", startAll);
})();
