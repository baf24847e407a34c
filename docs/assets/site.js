/* What pages need beyond the theme: menu and search buttons for keyboards and screen readers, a search box that hears every way
   of typing, how pages look (大字, 高对比), and what is folded opening for a link and for paper. */
(function () {
  "use strict";
  const toggleOf = (button) => document.getElementById(button.dataset.ybToggle);
  const buttons = Array.from(document.querySelectorAll("button[data-yb-toggle]"));

  function show(button) {
    button.setAttribute("aria-expanded", String(toggleOf(button).checked));
  }

  for (const button of buttons) {
    const toggle = toggleOf(button);
    button.addEventListener("click", function () {
      toggle.click();
      const input = document.querySelector(".md-search__input");
      if (button.dataset.ybToggle === "__search" && toggle.checked && input) setTimeout(() => input.focus(), 50);
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

  /* The theme's search listens to keyup only; pasting, handwriting, voice and input methods fire "input" alone. */
  const input = document.querySelector(".md-search__input");
  if (input) input.addEventListener("input", () => input.dispatchEvent(new KeyboardEvent("keyup")));
})();
