/* The theme fetches its search and the whole index on every page. This holds both until the reader goes near the search box,
   and asks for the index of this very build: scripts/site/named.py fills in what it holds. */
(function () {
  "use strict";
  if (location.protocol === "file:") return;
  const INDEX = /search\/search_index\.json$/;
  const HOLDS = "?v={index}";
  const SEARCH = ".md-search, [data-yb-toggle=__search]";
  const request = XMLHttpRequest.prototype;
  const open = request.open;
  const send = request.send;
  const NativeWorker = window.Worker;
  const held = new WeakSet();
  let release;
  const wanted = new Promise(function (resolve) { release = resolve; });

  request.open = function (method, address, ...rest) {
    if (!INDEX.test(String(address))) return open.call(this, method, address, ...rest);
    held.add(this);
    return open.call(this, method, address + HOLDS, ...rest);
  };
  request.send = function (body) {
    if (!held.has(this)) return send.call(this, body);
    wanted.then(() => send.call(this, body));
  };

  class LaterWorker extends EventTarget {
    constructor(address) {
      super();
      this.worker = wanted.then(() => {
        const worker = new NativeWorker(address);
        worker.addEventListener("message", (event) => this.dispatchEvent(new MessageEvent("message", { data: event.data })));
        return worker;
      });
    }

    postMessage(data) {
      this.worker.then((worker) => worker.postMessage(data));
    }

    terminate() {
      this.worker.then((worker) => worker.terminate());
    }
  }

  window.Worker = function (address, options) {
    return /\/workers\/search\./.test(String(address)) ? new LaterWorker(address) : new NativeWorker(address, options);
  };

  function near(event) {
    if (event.target instanceof Element && event.target.closest(SEARCH)) release();
  }
  for (const kind of ["focusin", "pointerdown", "pointerover"]) addEventListener(kind, near, { capture: true, passive: true });
  addEventListener("keydown", function (event) {       /* the theme's own keys: f, s, / */
    if (["f", "s", "/"].includes(event.key)) release();
  }, true);
  if (new URLSearchParams(location.search).has("q")) release();
})();
