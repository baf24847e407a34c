/* Starts the service worker once the page has nothing else to do, on a page with the calculator not before Python is up (both would
   fetch at once, and only one of them has a reader waiting), and tells it what the page is made of, so that it is there
   without the net next time. On hosted pages alone (docs/theme/main.html). */
(function () {
  "use strict";
  if (!navigator.serviceWorker || !window.isSecureContext || location.protocol === "file:") return;
  const root = new URL("../", document.currentScript.src);
  const READY = "yb:python-ready";
  const REMINDING_MS = 4000;
  const REMINDINGS = 15;
  let remindings = REMINDINGS;
  let reminder;
  const PATIENCE_MS = 15000;
  let registration;
  let rung;

  function here() {
    const nodes = document.querySelectorAll("script[src], link[rel=stylesheet], img[src]");
    return { page: location.href.split("#")[0], loaded: Array.from(nodes, (node) => node.src || node.href), rung: rung };
  }

  function tell(worker) {
    if (!worker) return;
    if (worker.state !== "installing") worker.postMessage(here());
    else worker.addEventListener("statechange", tellAll, { once: true }); // and remind it: on a slow machine this is long after it was found
  }

  /* The one in charge is left in peace while another waits. Chromium asks it to end when the next one wants to begin, and at each
     step to another page; a message just then would wake it again, and the next one would wait for half a minute of silence. */
  function tellAll() {
    if (!registration) return;
    const next = [registration.installing, registration.waiting].filter(Boolean);
    for (const worker of next.length ? next : [registration.active]) tell(worker);
    if (!registration.waiting || remindings-- <= 0) return;
    clearTimeout(reminder);
    reminder = setTimeout(tellAll, REMINDING_MS); // the page that kept it from beginning may have been closed
  }

  /* Another page may have been closed since: a new build may be able to begin now. */
  function returned() {
    if (document.visibilityState === "visible") tellAll();
  }

  let begun = false;
  async function start() {
    if (begun) return;
    begun = true;
    registration = await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" }).catch(() => undefined);
    if (!registration) return;
    registration.addEventListener("updatefound", () => {
      remindings = REMINDINGS;
      tell(registration.installing);
      setTimeout(tellAll, REMINDING_MS);
    });
    document.addEventListener("visibilitychange", returned);
    tellAll();
  }

  function heard(entries) {
    const ready = entries.filter((entry) => entry.name === READY).pop();
    if (!ready) return;
    rung = ready.detail || "";
    tellAll();
    start();
  }

  function whenIdle() {
    if (!rung && document.querySelector("yibao-calculator")) setTimeout(start, PATIENCE_MS);
    else if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5000 });
    else setTimeout(start, 1000);
  }

  if (typeof PerformanceObserver === "function") new PerformanceObserver((list) => heard(list.getEntries())).observe({ type: "mark", buffered: true });
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle);
})();
