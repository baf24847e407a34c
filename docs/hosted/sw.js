/**
 * The service worker: after one visit, a page is there without the net (docs/decisions/0016).
 *
 * `BUILD` is filled in by scripts/site/service.py: each file of one build with the hash of what it holds. Nothing else is ever
 * kept, so an error page, a file cut short or one of another build is not, whatever the server sends. Everything a page loads is
 * named by what it holds, so a kept file can stand in for a fetched one and no page gets a file of another build.
 *
 *   a page        from the net, if it answers in time; else as it was kept; else offline.html
 *   a named file  as it was kept, else from the net
 *   all others    the browser's own business
 *
 * A new build fills a cache of its own with what the old one held, then waits until no page is open that could need the old one.
 *
 * @typedef {{id: string, files: Record<string, string>, pages: Record<string, number>, needs: string[][], rungs: Record<string, string[]>}} Build
 *   files: path → start of its SHA-256. pages: path → index in needs. needs: paths a page loads. rungs: paths each way to start Python takes
 */

const worker = /** @type {ServiceWorkerGlobalScope & typeof globalThis} */ (/** @type {unknown} */ (self))
/** @type {Build} */
const BUILD = JSON.parse('{"build": "goes here"}')
const ROOT = new URL('./', location.href).pathname
const OURS = `yibao ${ROOT} `
const CACHE = OURS + BUILD.id
const FALLBACK = 'offline.html'
const TO_BE_FRAMED = 'embed.html'
const PATIENCE_MS = 3000
/** Told with a kept file: the start of its hash when it was kept. Who asked for it need not compute it again (docs/widget/download.js). */
const CHECKED = 'x-yibao-checked'
const CLOSING_MS = [0, 500, 1500, 3000]
const NAMED = /\.[0-9a-f]{8,}\./
/** @type {Promise<Cache> | undefined} */
let box

worker.addEventListener('install', (event) => event.waitUntil(moveIn()))
worker.addEventListener('activate', (event) => event.waitUntil(clearOut()))
worker.addEventListener('message', (event) => event.waitUntil(hear(event.data)))
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(ROOT)) return
  const path = pathOf(url)
  if (event.request.mode === 'navigate') {
    if (path.endsWith('.html') && path !== TO_BE_FRAMED) event.respondWith(page(event, path, url))
  } else if (isNamed(url, path) && !event.request.headers.has('range')) {
    event.respondWith(file(event, path))
  }
})

/** `/x/y/calculator/?h=z` → `calculator/index.html`; a name without an end is taken for a folder. @param {URL} url */
function pathOf(url) {
  const path = decodeURI(url.pathname.slice(ROOT.length))
  if (/(^|\/)$/.test(path)) return `${path}index.html`
  return /\.[^/]*$/.test(path) ? path : `${path}/index.html`
}

/** Where a file of this build is asked for. @param {string} path */
const addressOf = (path) => ROOT + encodeURI(path.replace(/(^|\/)index\.html$/, '$1'))

/**
 * Whether the address says what the file holds, and this build has it.
 * @param {URL} url
 * @param {string} path
 */
function isNamed(url, path) {
  const version = url.searchParams.get('v')
  return path in BUILD.files && (NAMED.test(path) || (version !== null && version.length > 7 && BUILD.files[path].startsWith(version.slice(0, 16))))
}

/** @returns {boolean} whether the reader has asked for few bytes: then nothing is fetched that the browser does not hold anyway */
const saving = () => Boolean(Reflect.get(navigator, 'connection')?.saveData)

/**
 * @param {FetchEvent} event
 * @param {string} path
 * @param {URL} url
 */
async function page(event, path, url) {
  const coming = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request))
  event.waitUntil(coming.then((response) => store(path, response.clone()), () => false))
  const response = await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]).catch(() => undefined)
  if (response && response.status < 500) return response
  const kept = await whole(path)
  if (!kept) return coming.catch(fallback)
  return url.pathname === addressOf(path) || url.pathname.endsWith('.html') ? kept : Response.redirect(addressOf(path))
}

/** A kept page, if all that it loads at once is kept too. @param {string} path */
async function whole(path) {
  const cache = path in BUILD.pages && await mine()
  if (!cache) return undefined
  const kept = await Promise.all([path, ...needsOf(path)].map((one) => cache.match(addressOf(one))))
  return kept.every(Boolean) ? kept[0] : undefined
}

/** @param {string} path */
const needsOf = (path) => BUILD.needs[BUILD.pages[path]] ?? []

async function fallback() {
  const kept = await (await mine())?.match(addressOf(FALLBACK))
  if (!kept) return Response.error()
  const html = (await kept.text()).replaceAll('href="./', `href="${ROOT}`) // it is shown at any depth
  return new Response(html, { status: 503, headers: kept.headers })
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function file(event, path) {
  const kept = await (await mine())?.match(addressOf(path))
  if (kept) return kept
  const response = await fetch(event.request)
  event.waitUntil(store(path, response.clone()))
  return response
}

/**
 * Keep what has come, if it is what was built.
 * @param {string} path
 * @param {Response} response
 * @returns {Promise<boolean>}
 */
async function store(path, response) {
  const copy = response.clone()
  if (!(path in BUILD.files) || response.status !== 200 || response.redirected || await hashOf(response) !== BUILD.files[path]) return false
  const cache = await mine()
  const headers = new Headers(copy.headers)
  headers.set(CHECKED, BUILD.files[path])
  await cache?.put(addressOf(path), new Response(copy.body, { headers }))
  return cache !== undefined
}

/** @param {Response} response */
async function hashOf(response) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()))
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Have a file of this build in its cache: from an older build's, from what the browser holds, from the server.
 * @param {string} path
 */
async function keep(path) {
  const address = addressOf(path)
  if (await (await mine())?.match(address)) return
  for (const name of await older()) {
    const kept = await (await caches.open(name)).match(address)
    if (kept && await store(path, kept)) return
  }
  const ways = /** @type {RequestCache[]} */ (saving() && path !== FALLBACK ? ['only-if-cached'] : ['force-cache', 'reload'])
  for (const cache of ways) {
    const response = await fetch(address, { cache, mode: 'same-origin' })
    if (await store(path, response)) return
  }
  throw new Error(`${path}: not as it was built`)
}

/** This build's cache, made when it moves in. Once a later build has thrown it away it must not come back: so it is opened but once. */
async function mine() {
  if (!box && await caches.has(CACHE)) box = caches.open(CACHE)
  return box
}

/** Names of the caches of other builds, this site's only: other sites may live beside it. */
const older = async () => (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE)

/** @param {Iterable<string>} paths the page itself last: a page that is kept is whole */
async function keepAll(paths) {
  for (const path of paths) await keep(path)
}

/** A new build begins with what its reader had kept of the old one; if that cannot be had whole, it does not begin. */
async function moveIn() {
  box = caches.open(CACHE)
  await keep(FALLBACK)
  const had = new Set()
  for (const name of await older()) {
    for (const { url } of await (await caches.open(name)).keys()) had.add(pathOf(new URL(url)))
  }
  const stems = new Set([...had].map(stemOf))
  const wanted = Object.keys(BUILD.pages).filter((path) => had.has(path)).map((path) => [...needsOf(path), path])
  wanted.push(...Object.values(BUILD.rungs).filter((files) => files.every((path) => stems.has(stemOf(path)))))
  for (const paths of wanted) await keepAll(paths).catch((reason) => { if (!saving()) throw reason })
}

/** `assets/widget/python.0123abcd.wasm` → `assets/widget/python.wasm`. @param {string} path */
const stemOf = (path) => path.replace(NAMED, '.')

async function clearOut() {
  for (const name of await older()) await caches.delete(name)
  await worker.registration.navigationPreload?.enable()
}

/**
 * A page says where it is and what it has loaded; `rung`: how its Python started. Heard by the build in charge, which keeps it,
 * and by the one that waits, which takes over if this page is its own and the only one open.
 * @param {{page: string, loaded: string[], rung?: string}} here
 */
async function hear({ page: at, loaded, rung }) {
  const path = pathOf(new URL(at))
  const own = loaded.every((address) => pathOf(new URL(address)) in BUILD.files)
  // Its own worker must be there by now; browsers take their time to look. Not waited for: the new one cannot begin while this one is at work.
  if (!own) worker.registration.update().catch(() => undefined)
  if (!own || !(path in BUILD.pages)) return
  const runtime = rung === undefined ? [] : BUILD.rungs[rung] ?? Object.values(BUILD.rungs)[0] ?? []
  await Promise.all([takeOver(), keepAll([...needsOf(path), ...runtime, path])])
}

/** Begin, if the page that spoke is the only one open. One that was just closed is counted for a moment more. */
async function takeOver() {
  if (worker.serviceWorker?.state === 'activated') return
  for (const pause of CLOSING_MS) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const open = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
    if (open.filter(({ url }) => url.startsWith(new URL(ROOT, location.href).href)).length === 1) return worker.skipWaiting()
  }
}
