/* All that pages need of scripts besides the calculator and the place finder: menu and search buttons for keyboards and screen
   readers, the search when it is wanted, how pages look (大字, 高对比), where one is, and what is folded opening for a link and for
   paper. The theme's own bundle is left out: it is eight times as large and keeps a slow phone busy for half a second a page. */
(function () {
  "use strict";
  const toggleOf = (button) => document.getElementById(button.dataset.ybToggle);
  const buttons = Array.from(document.querySelectorAll("button[data-yb-toggle]"));
  const box = document.querySelector(".md-search__input");

  function show(button) {
    button.setAttribute("aria-expanded", String(toggleOf(button).checked));
  }

  for (const button of buttons) {
    const toggle = toggleOf(button);
    button.addEventListener("click", function () {
      toggle.click();
      if (button.dataset.ybToggle === "__search" && toggle.checked && box) setTimeout(() => box.focus(), 50);
    });
    toggle.addEventListener("change", () => show(button));
  }

  addEventListener("keydown", function (event) {
    const drawer = document.getElementById("__drawer");
    if (event.key !== "Escape" || !drawer || !drawer.checked) return;
    drawer.click();
    const opener = document.querySelector("button[data-yb-toggle=__drawer]");
    if (opener) opener.focus();
  });

  /* How pages look. Kept under yb:size and yb:contrast; the head of every page reads them before anything is drawn. */
  const root = document.documentElement;
  for (const button of document.querySelectorAll("[data-yb-switch]")) {
    const name = button.dataset.ybSwitch, on = button.dataset.ybOn;
    const tell = () => button.setAttribute("aria-pressed", String(root.getAttribute("data-yb-" + name) === on));
    tell();
    button.addEventListener("click", function () {
      const off = root.getAttribute("data-yb-" + name) === on;
      if (off) root.removeAttribute("data-yb-" + name);
      else root.setAttribute("data-yb-" + name, on);
      try {
        if (off) localStorage.removeItem("yb:" + name);
        else localStorage.setItem("yb:" + name, on);
      } catch (_) { /* storage is off: it lasts as long as this page */ }
      tell();
    });
  }

  /* A word with an explanation shows it in place; without this it is a link to the page that explains them all. */
  function toldOf(term) {
    const next = term.nextElementSibling;
    return next && next.classList.contains("yb-said") ? next : null;
  }
  function tellOf(term, open) {
    const told = toldOf(term);
    if (told) told.remove();
    term.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const note = document.createElement("span");
    note.className = "yb-said";
    note.setAttribute("role", "note");
    note.textContent = term.textContent + "：" + term.dataset.ybSays;
    term.after(note);
  }
  for (const term of document.querySelectorAll("a.yb-term")) {
    term.setAttribute("aria-expanded", "false");
    term.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      tellOf(term, !toldOf(term));
    });
    term.addEventListener("keydown", (event) => { if (event.key === "Escape" && toldOf(term)) tellOf(term, false); });
  }

  /* 报告错误: the page, the rulebook and the Case on show, written down for the reader to send. Nothing is sent from here. */
  const report = document.querySelector(".yb-report");
  if (report) report.addEventListener("toggle", function () {
    if (report.open) fillReport(report);
  });
  function fillReport(box) {
    const text = box.querySelector("textarea");
    const answer = document.querySelector("[data-yb=assessment]");
    let given = "";
    try {
      given = answer && answer.textContent ? JSON.stringify(JSON.parse(answer.textContent).case) : "";
    } catch (_) { /* no answer on show */ }
    const lines = text.defaultValue.trim().split("\n").concat("网址：" + location.href.split("#")[0]);
    if (given) lines.push("填的内容：" + given);
    text.value = lines.join("\n");
    const say = () => {
      for (const link of box.querySelectorAll("a[data-yb-to]")) {
        const join = link.dataset.ybTo.includes("?") ? "&" : "?";
        const [subject, body] = link.dataset.ybTo.startsWith("mailto:") ? ["subject", "body"] : ["title", "body"];
        link.href = link.dataset.ybTo + join + subject + "=" + encodeURIComponent("报告错误：" + document.title) + "&" + body + "=" + encodeURIComponent(text.value);
      }
    };
    say();
    text.oninput = say;
    box.querySelector("button").onclick = async function () {
      const copied = await (navigator.clipboard ? navigator.clipboard.writeText(text.value).then(() => true, () => false) : false);
      if (!copied) text.select();
      box.querySelector("[role=status]").textContent = copied ? "已复制。" : "请长按（或选中）上面的文字复制。";
    };
  }

  /* A link into something folded opens it; paper shows everything. */
  function unfold() {
    const target = document.querySelector(":target");
    if (!target) return;
    const folds = [];
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
    if (folds.every((fold) => fold.open)) return;
    for (const fold of folds) fold.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("beforeprint", function () {
    for (const fold of document.querySelectorAll("details.yb-more:not([open])")) {
      fold.open = true;
      addEventListener("afterprint", () => { fold.open = false; }, { once: true });
    }
  });

  /* The search (docs/search/box.js) comes when the reader goes near its box: no page fetches it, nor the index, before that. */
  const near = (event) => event.target instanceof Element && event.target.closest(".md-search, [data-yb-toggle=__search]") && bring();
  let brought = false;
  function bring() {
    if (brought) return;
    brought = true;
    const script = document.createElement("script");
    script.src = JSON.parse(document.getElementById("__config").textContent).box;
    script.onerror = () => { brought = false; script.remove(); };
    document.head.append(script);
  }
  for (const kind of ["focusin", "pointerdown", "pointerover"]) addEventListener(kind, near, { capture: true, passive: true });
  addEventListener("keydown", function (event) {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || !box || event.ctrlKey || event.metaKey || event.altKey || !["/", "f", "s"].includes(event.key)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (box && new URLSearchParams(location.search).has("q")) bring();

  /* A label that opens part of the menu is a button to the keyboard. */
  addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target instanceof HTMLLabelElement) event.target.click();
  });

  /* Where one is: the page's name in the header once its heading has gone, the section in the list of contents, the way back up. */
  const title = document.querySelector(".md-header__title"), heading = document.querySelector(".md-content h1");
  if (title && heading && "IntersectionObserver" in window) {
    new IntersectionObserver(function ([seen]) {
      title.classList.toggle("md-header__title--active", !seen.isIntersecting && seen.boundingClientRect.bottom < 100);
    }, { rootMargin: "-60px 0px 0px" }).observe(heading);
    const contents = new Map(Array.from(document.querySelectorAll(".md-sidebar--secondary a.md-nav__link"), (link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const follow = new IntersectionObserver(function (all) {
      for (const { isIntersecting, target } of all) {
        if (!isIntersecting) continue;
        for (const [id, link] of contents) link.classList.toggle("md-nav__link--active", id === target.id);
      }
    }, { rootMargin: "0px 0px -70%" });
    for (const id of matchMedia("(min-width: 60em)").matches ? contents.keys() : []) {
      const part = document.getElementById(id);
      if (part) follow.observe(part);
    }
  }
  const up = document.querySelector(".md-top");
  if (up) {
    let last = scrollY;
    addEventListener("scroll", function () {
      up.hidden = scrollY >= last || scrollY < 2 * innerHeight;
      last = scrollY;
    }, { passive: true });
    up.addEventListener("click", function () {
      scrollTo({ top: 0 });
      up.hidden = true;
    });
  }
})();
