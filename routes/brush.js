// A strip of a whole series beneath its chart: whoever draws across it with a pointer chooses a stretch of time. Nothing
// is asked while it is drawn; when the pointer is let go the page changes as by a link. The links beneath do the same.
(() => {
  const WIDE = matchMedia("(min-width: 1280px)"), LEAST = 6; // pixels that are no click
  let drawn = null;

  const share = (strip, x) => {
    const { left, width } = strip.getBoundingClientRect();
    return Math.max(0, Math.min(1, (x - left) / width));
  };
  const ends = () => [drawn.start, drawn.end].sort((a, b) => a - b);
  const stop = () => { if (drawn) drawn.shade.remove(); drawn = null; };

  document.addEventListener("pointerover", ({ target }) => {
    const strip = target.closest?.(".brush");
    if (strip && WIDE.matches) strip.title = strip.dataset.hint;
  });
  document.addEventListener("pointerdown", event => {
    const strip = event.target.closest?.(".brush");
    if (!strip || event.button || !WIDE.matches) return;
    event.preventDefault();
    const shade = document.createElement("span"), start = share(strip, event.clientX);
    shade.className = "brushed";
    strip.append(shade);
    drawn = { strip, shade, start, end: start, from: event.clientX };
  });
  document.addEventListener("pointermove", event => {
    if (!drawn) return;
    drawn.end = share(drawn.strip, event.clientX);
    const [first, last] = ends();
    drawn.shade.style.left = `${first * 100}%`;
    drawn.shade.style.width = `${(last - first) * 100}%`;
  });
  document.addEventListener("pointerup", event => {
    if (!drawn) return;
    const { strip, from } = drawn, periods = strip.dataset.periods.split(" "), most = periods.length - 1;
    const [first, last] = ends().map(part => Math.round(part * most));
    stop();
    if (Math.abs(event.clientX - from) < LEAST || first === last) return;
    const address = new URL(strip.dataset.address, location.href), link = document.createElement("a");
    if (first > 0) address.searchParams.set("from", periods[first]);
    if (last < most) address.searchParams.set("to", periods[last]);
    link.href = address.pathname + address.search;
    link.dataset.soft = "";
    link.hidden = true;
    strip.append(link);
    link.click();
    link.remove();
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") stop(); });
})();
