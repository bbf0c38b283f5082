// Every chart is one stop of the keyboard. The arrows move through what is drawn, with a ring around it, and what a tool
// tip says of it is spoken; Home and End go to the first and the last, Enter does what a click does, Escape leaves.
(() => {
  const CHART = ".stVegaLiteChart", NEXT = ["ArrowRight", "ArrowDown"], BEFORE = ["ArrowLeft", "ArrowUp"];
  const NS = "http://www.w3.org/2000/svg";
  const said = document.createElement("div");
  said.className = "marks-said";
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");

  // A live chart describes its marks by labels, a written one by titles.
  const marks = chart => {
    const live = [...chart.querySelectorAll("svg [role='graphics-symbol'][aria-label]")].filter(mark => !mark.querySelector("[role='graphics-symbol']"));
    return live.length ? live : [...chart.querySelectorAll("svg g > title")].map(title => title.parentNode);
  };
  const words = mark => mark.getAttribute("aria-label") || mark.querySelector("title").textContent;

  const point = (mark, kinds) => {
    const box = mark.getBoundingClientRect();
    const place = { bubbles: true, view: window, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    for (const kind of kinds) {
      const Kind = kind.startsWith("pointer") ? PointerEvent : MouseEvent;
      mark.dispatchEvent(new Kind(kind, place));
    }
  };
  const ringAround = mark => {
    const svg = mark.ownerSVGElement, box = mark.getBoundingClientRect(), back = svg.getScreenCTM().inverse();
    const corner = (x, y) => new DOMPoint(x, y).matrixTransform(back);
    const from = corner(box.left - 4, box.top - 4), to = corner(box.right + 4, box.bottom + 4);
    const ring = document.createElementNS(NS, "rect");
    const size = { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y, rx: 3 };
    for (const [name, value] of Object.entries(size)) ring.setAttribute(name, value);
    ring.setAttribute("class", "mark-ring");
    svg.append(ring);
  };

  const leave = chart => {
    for (const ring of chart.querySelectorAll(".mark-ring")) ring.remove();
    const mark = marks(chart)[chart.dataset.mark];
    if (mark) point(mark, ["pointerout", "mouseout"]);
  };
  const stand = (chart, number) => {
    const all = marks(chart);
    if (!all.length) return;
    leave(chart);
    chart.dataset.mark = Math.max(0, Math.min(all.length - 1, number));
    const mark = all[chart.dataset.mark];
    point(mark, ["pointerover", "mouseover", "pointermove", "mousemove"]);
    ringAround(mark);
    said.textContent = words(mark);
  };

  document.addEventListener("keydown", event => {
    const chart = event.target.closest?.(CHART);
    if (!chart || event.target !== chart || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = chart.dataset.mark === undefined ? -1 : Number(chart.dataset.mark), last = marks(chart).length - 1;
    if (NEXT.includes(event.key)) stand(chart, here + 1);
    else if (BEFORE.includes(event.key)) stand(chart, here < 0 ? last : here - 1);
    else if (event.key === "Home") stand(chart, 0);
    else if (event.key === "End") stand(chart, last);
    else if (event.key === "Enter" && here >= 0) {
      const mark = marks(chart)[here];
      const link = mark.closest("a") || mark.querySelector("a");
      if (link) link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
      else point(mark, ["click"]);
    } else if (event.key === "Escape") {
      leave(chart);
      delete chart.dataset.mark;
      said.textContent = "";
      chart.blur();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", event => {
    const chart = event.target.closest?.(CHART);
    if (chart && event.target === chart) leave(chart);
  });

  // The name of the stop is that of the chart: its sentence.
  const dress = () => {
    if (!said.isConnected && document.body) document.body.append(said);
    for (const chart of document.querySelectorAll(CHART)) {
      const svg = chart.querySelector("svg");
      if (!svg || chart.tabIndex === 0 || !marks(chart).length) continue;
      const named = chart.querySelector("[aria-label]");
      chart.tabIndex = 0;
      chart.classList.add("marks");
      chart.setAttribute("role", "group");
      if (named && !chart.hasAttribute("aria-label")) chart.setAttribute("aria-label", named.getAttribute("aria-label"));
      for (const link of svg.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
    }
  };
  // The field above a list of names leaves those in it that hold what is typed, whatever accents, spaces and case.
  const plain = text => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  document.documentElement.classList.add("scripted");
  document.addEventListener("input", event => {
    const list = event.target.closest?.(".find") && event.target.closest(".by-name");
    if (!list) return;
    const asked = plain(event.target.value), rows = [...list.querySelectorAll("li[data-names]")];
    for (const row of rows) row.hidden = !row.dataset.names.split("|").some(name => plain(name).includes(asked));
    const none = list.querySelector(".none");
    none.textContent = rows.every(row => row.hidden) ? none.dataset.none : "";
  });
  let waits = 0;
  new MutationObserver(() => { waits ||= requestAnimationFrame(() => { waits = 0; dress(); }); }).observe(document.documentElement, { childList: true, subtree: true });
  dress();
})();
