// The article stands as plain HTML from the first byte. This asks for the platform's scripts after the first frame, sends
// the article's form when a choice is made, and lets the dashboard take over, in one frame, once it stands.
(() => {
  const root = document.getElementById("root"), article = document.getElementById("article");
  const find = selector => root.querySelector(selector);
  const QUIET = 200; // milliseconds without a change after which the dashboard is as it will be
  let changed = null;

  const platform = document.getElementById("platform");

  const start = () => {
    for (const part of platform.content.children) {
      const copy = document.createElement(part.localName);
      for (const { name, value } of part.attributes) copy.setAttribute(name, value);
      document.head.append(copy);
    }
  };
  requestAnimationFrame(() => setTimeout(start));

  const bare = form => { for (const field of form.elements) if (!field.value) field.disabled = true; };
  const send = form => { bare(form); form.submit(); };
  if (article) {
    root.inert = true;
    article.addEventListener("submit", event => bare(event.target));
    article.addEventListener("change", event => {
      const { form, dataset, type, value } = event.target;
      for (const field of form ? form.elements : [])
        if ((dataset.resets || "").split(" ").includes(field.name)) field.disabled = true;
      if (type === "checkbox" && value !== "yes") changed = form;
      else if (form) send(form);
    });
    article.addEventListener("toggle", () => changed && !article.querySelector(".several[open]") && send(changed), true);
  }

  const stands = () => {
    const app = find("[data-testid=stApp]"), charts = [...root.querySelectorAll(".stVegaLiteChart")];
    return app && app.dataset.testScriptState === "notRunning" && find("h1") && find("footer.foot")
      && !find("[data-testid=stSkeleton]") && charts.every(chart => !chart.offsetParent || chart.querySelector("svg, canvas")); // what is folded away is drawn when it opens;
  };
  // What opens, by its name and how many of that name stand before it: every chart has folds of the same names.
  const folds = within => {
    const named = new Map(), counts = {};
    for (const fold of within.querySelectorAll("details")) {
      const name = fold.querySelector("summary").textContent;
      counts[name] = (counts[name] || 0) + 1;
      named.set(`${counts[name]} ${name}`, fold);
    }
    return named;
  };
  const opened = within => new Set([...folds(within)].filter(([, fold]) => fold.open).map(([name]) => name));
  const takeOver = () => {
    if (changed) return send(changed);
    const focus = document.activeElement, top = window.scrollY;
    const open = opened(article);
    article.remove();
    root.inert = false;
    for (const [name, fold] of folds(root)) if (open.has(name)) fold.open = true;
    const main = find("[data-testid=stMain]");
    if (main) main.scrollTop = top;
    const again = focus === document.body ? "" : focus.name ? `.st-key-choose_${focus.name} input` : focus.href && `a[href="${CSS.escape(focus.getAttribute("href"))}"]`;
    if (again && find(again)) find(again).focus({ preventScroll: true });
  };

  // The platform calls its parts by English names; the head holds those of the page's language ("Remove *": what stands
  // after the word is kept).
  const own = text => {
    const names = JSON.parse(find(".top .site")?.dataset.names || "{}");
    for (const [name, said] of Object.entries(names)) {
      if (name === text) return said;
      if (name.endsWith("*") && text.startsWith(name.slice(0, -1))) return said.replace("*", text.slice(name.length - 1));
    }
  };
  const rename = part => {
    for (const one of [part, ...part.querySelectorAll("[aria-label], [role=listbox] *")]) {
      const label = one.getAttribute("aria-label"), said = label && own(label);
      if (said) one.setAttribute("aria-label", said);
      else if (!one.firstElementChild && one.closest("[role=listbox]") && own(one.textContent)) one.textContent = own(one.textContent);
    }
  };
  new MutationObserver(changes => {
    for (const { target, addedNodes } of changes) {
      if (!addedNodes.length) rename(target);
      for (const part of addedNodes) if (part instanceof HTMLElement) rename(part);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });

  // A plain click on a link within the site changes the page without loading everything again; the focus stays on it.
  let followed = "";
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-soft]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !root.contains(link)) return;
    event.preventDefault();
    followed = link.getAttribute("href");
    for (const fold of root.querySelectorAll(".top details[open]")) fold.open = false;
    const elsewhere = new URL(link.href).pathname !== location.pathname;
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (elsewhere && find("[data-testid=stMain]")) find("[data-testid=stMain]").scrollTop = 0;
  });
  const refocus = () => {
    if (!followed || document.activeElement !== document.body) return;
    const link = find(`a[data-soft][href="${CSS.escape(followed)}"]`);
    if (link) link.focus({ preventScroll: true });
  };

  // What opens in the head closes by Escape, and when something else is looked for.
  document.addEventListener("keydown", ({ key }) => {
    const fold = key === "Escape" && document.activeElement.closest(".top details[open]");
    if (fold) { fold.open = false; fold.querySelector("summary").focus(); }
  });
  document.addEventListener("click", ({ target }) => {
    for (const fold of document.querySelectorAll(".top details[open]")) if (!fold.contains(target)) fold.open = false;
  });

  // A text is copied by its button, which stands only where this runs; that it was is said where it was asked for.
  document.addEventListener("toggle", ({ target }) => {
    for (const text of target.matches(".away details[open]") ? target.querySelectorAll(".taken > p + code") : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copies";
      button.textContent = target.closest(".away").querySelector(".copied").dataset.copy;
      text.before(button);
    }
  }, true);
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest(".copies");
    if (!button) return;
    const text = button.parentElement.querySelector("code"), said = button.closest(".away").querySelector(".copied");
    const { copy, copied } = said.dataset;
    said.textContent = "";
    getSelection().selectAllChildren(text);
    try { await navigator.clipboard.writeText(text.textContent); } catch { if (!document.execCommand("copy")) return; }
    for (const other of document.querySelectorAll(".copies")) other.textContent = copy;
    said.textContent = button.textContent = copied;
  });

  // The platform's page has neither the language nor the title of the article, and its parts no roles.
  let title = document.title;
  const dress = () => {
    const site = find(".top .site"), region = find(".st-key-announce");
    if (site && site.lang) {
      document.documentElement.lang = site.lang;
      title = site.dataset.title;
    }
    if (document.title !== title) document.title = title;
    if (region) { region.setAttribute("role", "status"); region.setAttribute("aria-live", "polite"); }
  };
  let quiet = 0;
  const look = () => { if (stands()) takeOver(); };
  new MutationObserver(() => {
    dress();
    refocus();
    if (article && article.isConnected) { clearTimeout(quiet); quiet = setTimeout(look, QUIET); }
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state", "data-title"] });
  new MutationObserver(dress).observe(document.querySelector("title"), { childList: true });
})();
