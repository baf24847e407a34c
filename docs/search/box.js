/* The search box and what stands below it. site.js brings this file when the reader first goes near the box; it brings the index
   and the search itself (worker.js, in a thread of its own). Plain ES2019: no build step stands between. */
(function () {
  "use strict";

  /** @typedef {{location: string, score: number, terms: Record<string, boolean>, title: string[], text: string[]}} Part   title, text: in pieces, of which every second is marked */
  /** @typedef {{postMessage: (message: unknown) => void, onmessage: ((event: MessageEvent) => void) | null}} Channel */

  const INDEX = "search/search_index", HOLDS = "?v={index}";        /* scripts/site/named.py says what the index holds */
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;                /* worker.js speaks these */
  const WAIT = "正在准备搜索……", ASK = "输入几个字就开始找", NONE = "没有找到。换个说法，或少写几个字试试。";
  const FAILED = "搜索没有准备好。请看看网络，再点一次搜索框。";

  const root = /** @type {HTMLElement} */ (document.querySelector(".md-search"));
  const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
  const told = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
  const scrolled = /** @type {HTMLElement} */ (root.querySelector(".md-search__scrollwrap"));
  const list = /** @type {HTMLElement} */ (root.querySelector("ol"));
  const config = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("__config")).textContent || "{}");
  const base = new URL(config.base, location.href);

  /** @type {Promise<Channel> | undefined} */
  let ready;
  let asked = "";

  /** @param {string} address */
  function loaded(address, page = document) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script"); // of this page, whatever page runs it: this one's policy knows the address
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      page.body.append(script);
    });
  }

  /** From file:// browsers start no Worker: there the same code runs in a hidden frame. @returns {Promise<Channel>} */
  async function inFrame() {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "搜索";
    document.body.append(frame);
    const inside = /** @type {Window & typeof globalThis} */ (frame.contentWindow);
    /** @type {Channel} */
    const channel = {
      onmessage: null,
      postMessage: (data) => { inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) })); },
    };
    inside.postMessage = (/** @type {unknown} */ data) => { if (channel.onmessage) channel.onmessage(new MessageEvent("message", { data })); };
    await loaded(new URL(config.worker, location.href).href, inside.document);
    return channel;
  }

  async function index() {
    if (location.protocol !== "file:") {
      const answer = await fetch(new URL(INDEX + ".json" + HOLDS, base).href);
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }
    await loaded(new URL(INDEX + ".js", base).href);
    return Reflect.get(window, "__index");
  }

  /** The search, made once; after a failure it is made anew when somebody asks again. */
  function search() {
    ready = ready || begun().catch(function () {
      ready = undefined;
      told.textContent = FAILED;
      throw new Error(FAILED);
    });
    return ready;
  }

  async function begun() {
    told.textContent = WAIT;
    const [channel, all] = await Promise.all([location.protocol === "file:" ? inFrame() : new Worker(config.worker), index()]);
    await new Promise(function (resolve) {
      channel.onmessage = (event) => { if (event.data.type === READY) resolve(undefined); };
      channel.postMessage({ type: SETUP, data: all });
    });
    channel.onmessage = (event) => { if (event.data.type === RESULT) draw(event.data.data.items); };
    told.textContent = ASK;
    return channel;
  }

  function ask() {
    search().then(function (channel) {
      if (input.value === asked) return;
      asked = input.value;
      if (asked.trim()) channel.postMessage({ type: QUERY, data: asked });
      else draw([]);
    }, () => {});
  }

  /** @param {Part[][]} pages   each page's sections, the best page first */
  function draw(pages) {
    told.textContent = pages.length ? `找到 ${pages.length} 页` : asked.trim() ? NONE : ASK;
    list.replaceChildren(...pages.map(drawn));
    scrolled.scrollTop = 0;
  }

  /** A page, then its sections; those that are worth less than the best are folded. @param {Part[]} parts */
  function drawn(parts) {
    const [best] = parts;
    const own = parts.find(({ location }) => !location.includes("#")) || best;
    const others = parts.filter((part) => part !== own);
    const lower = others.findIndex(({ score }) => score < best.score);
    const cut = lower < 0 ? others.length : lower;
    const item = made("li", "md-search-result__item", link(own, "h1", own === best && !cut));
    item.append(...others.slice(0, cut).map((part) => link(part, "h2", true)));
    if (others.length > cut) {
      const fold = made("details", "md-search-result__more", made("summary", "", made("div", "", `这一页还有 ${others.length - cut} 处`)));
      fold.children[0].setAttribute("tabindex", "-1");
      fold.append(...others.slice(cut).map((part) => link(part, "h2", true)));
      item.append(fold);
    }
    return item;
  }

  /** @param {Part} part @param {"h1" | "h2"} level @param {boolean} whole   with its text */
  function link(part, level, whole) {
    const article = made("article", "md-search-result__article md-typeset");
    if (level === "h1") article.append(made("div", "md-search-result__icon md-icon"));
    article.append(marked(level, part.title));
    if (whole && part.text.join("")) article.append(marked("p", part.text));
    const missing = Object.keys(part.terms).filter((term) => !part.terms[term]);
    if (whole && missing.length) article.append(made("p", "md-search-result__terms", "没有提到：", ...missing.map((term) => made("del", "", term))));
    const anchor = /** @type {HTMLAnchorElement} */ (made("a", "md-search-result__link", article));
    anchor.href = new URL(part.location, base).href;
    anchor.tabIndex = -1;
    anchor.dataset.ybScore = String(part.score);
    return anchor;
  }

  /** @param {string} tag @param {string} name @param {(Node | string)[]} within */
  function made(tag, name, ...within) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...within);
    return node;
  }

  /** @param {string} tag @param {string[]} pieces */
  function marked(tag, pieces) {
    return made(tag, "", ...pieces.map((piece, at) => at % 2 ? made("mark", "", piece) : piece));
  }

  /** @param {boolean} open */
  function show(open) {
    if (toggle.checked !== open) toggle.click();
  }

  /** @param {number} step   through the box, the results and what is folded */
  function move(step) {
    const stops = /** @type {HTMLElement[]} */ ([input, ...list.querySelectorAll(":not(details) > [href], summary, details[open] [href]")]);
    const at = Math.max(0, stops.indexOf(/** @type {HTMLElement} */ (document.activeElement)));
    stops[(at + stops.length + step) % stops.length].focus();
  }

  function go() {
    const links = /** @type {HTMLAnchorElement[]} */ (Array.from(list.querySelectorAll("li:first-child > [href]")));
    const [best] = links.sort((one, other) => Number(other.dataset.ybScore) - Number(one.dataset.ybScore));
    if (best) best.click();
  }

  function shown() {
    list.setAttribute("role", toggle.checked ? "list" : "presentation");
    list.hidden = !toggle.checked;
  }

  input.addEventListener("focus", function () { show(true); ask(); });
  for (const kind of ["input", "keyup"]) input.addEventListener(kind, ask);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { ask(); input.focus(); }));
  toggle.addEventListener("change", shown);
  root.addEventListener("click", (event) => { if (event.target instanceof Element && event.target.closest("a")) show(false); });
  root.addEventListener("keydown", function (event) {
    if (event.isComposing || !toggle.checked) return;
    if (event.key === "Escape" || event.key === "Tab") {
      show(false);
      input.blur();
    } else if (event.key === "Enter" && document.activeElement === input) {
      event.preventDefault();
      go();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      move(event.key === "ArrowUp" ? -1 : 1);
    }
  });

  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    input.value = given;
    show(true); // on a phone the box cannot have the focus before its sheet is open
    input.focus();
  }
  shown();
  if (document.activeElement === input) show(true);
  ask();
})();
