/* In the place of sw.js after SERVICE_WORKER=off make site: takes over at once, throws away all that was kept, and is gone. */
addEventListener("install", () => skipWaiting());
addEventListener("message", (event) => event.waitUntil(skipWaiting()));  /* asked once more: Chromium may have missed it (docs/hosted/keep.js) */
addEventListener("activate", (event) => event.waitUntil((async () => {
  const ours = `yibao ${new URL("./", location.href).pathname} `;
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
  await registration.unregister();
})()));
