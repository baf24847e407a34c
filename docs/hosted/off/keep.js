/* In the place of keep.js after SERVICE_WORKER=off make site: a worker that was left by an earlier build is asked for its successor, which ends it. */
(function () {
  "use strict";
  if (!navigator.serviceWorker) return;
  const root = new URL("../", document.currentScript.src);
  navigator.serviceWorker.getRegistration(root.href).then((left) => left && left.update()).catch(() => undefined);
})();
