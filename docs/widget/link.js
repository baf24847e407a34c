/**
 * How fast the reader's connection is, as far as the page can know, and so which rung of the boot ladder to begin on: the
 * snapshot has less to compute, the bundle less to download. Where the page cannot know yet, the worker sees by how fast the
 * first megabyte of the file comes that both need (`unsure`).
 */

/** @typedef {import('./protocol.js').Rung} Rung */
/** @typedef {{saveData: boolean, type: string, said: number | undefined, mbps: number | undefined}} Link   said by the browser, mbps measured: million bits a second */
/** @typedef {{startTime: number, responseStart: number, responseEnd: number, transferSize: number, encodedBodySize: number}} Timing */

/** Below this the 1.1 MB that the snapshot is bigger take longer than they save on a desk. */
const FAST_MBPS = 12
/** Browsers never say more than 10. */
const FAST_SAID = 9.5
/** Too little to tell a connection's speed from; too little to tell it from one file. */
const [ENOUGH_BYTES, ENOUGH_IN_ONE] = [30_000, 20_000]
const KEPT = 'yb:rung'

/** So much of the wasm file, unpacked (a good three times what comes over the line), must come in so many ms on a fast link. */
export const PACE = { bytes: 1_000_000, ms: (1_000_000 * 0.3 * 8) / FAST_MBPS / 1000 }

/** What the browser says, and what the page's own files took. @returns {Link} */
export function link() {
  const about = /** @type {{saveData?: boolean, effectiveType?: string, downlink?: number} | undefined} */ (Reflect.get(navigator, 'connection'))
  const files = /** @type {PerformanceResourceTiming[]} */ ([...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')])
  return { saveData: Boolean(about?.saveData), type: about?.effectiveType ?? '', said: about?.downlink, mbps: measured(files) }
}

/**
 * Of the files that came by the network: all their bytes by the time in which at least one was coming, or the best of the big
 * ones alone, whichever is more, since a busy machine makes a link look slow and nothing makes it look fast.
 * @param {Timing[]} files
 */
export function measured(files) {
  const fetched = files.filter((file) => file.transferSize > file.encodedBodySize && file.responseStart > 0 && file.responseEnd > file.responseStart)
  const bytes = fetched.reduce((sum, file) => sum + file.encodedBodySize, 0)
  if (bytes < ENOUGH_BYTES) return undefined
  let [busy, until, best] = [0, 0, 0]
  for (const { responseStart, responseEnd, encodedBodySize } of fetched.sort((one, other) => one.responseStart - other.responseStart)) {
    busy += Math.max(0, responseEnd - Math.max(responseStart, until))
    until = Math.max(until, responseEnd)
    if (encodedBodySize >= ENOUGH_IN_ONE) best = Math.max(best, rate(encodedBodySize, responseEnd - responseStart))
  }
  return Math.max(best, rate(bytes, busy))
}

/** Million bits a second. @param {number} bytes @param {number} ms */
const rate = (bytes, ms) => (8 * bytes) / ms / 1000

/** @param {Link} found */
export function isSlow({ saveData, type, said, mbps }) {
  if (saveData || /2g|3g/.test(type)) return true
  return mbps === undefined ? said !== undefined && said < FAST_SAID : mbps < FAST_MBPS
}

/**
 * Whether nothing, or little, has come so far to tell by: a busy machine makes a link look slow, and browsers guess, or do not say.
 * @param {Link} found
 */
export function unsure({ saveData, type, said, mbps }) {
  if (saveData || /2g|3g/.test(type) || (mbps === undefined && kept())) return false
  return mbps === undefined ? said === undefined || said < FAST_SAID : mbps < FAST_MBPS
}

/**
 * The rungs in the order in which to try them. On a slow link the snapshot stands behind the bundle, whose wasm it shares.
 * Where nothing could be measured, mostly since all came from a cache, the rung that came up last time goes first: its files
 * may be there, too.
 * @param {Rung[]} rungs as published, fastest to start first
 * @param {Link} found
 */
export function ordered(rungs, found) {
  const last = found.mbps === undefined && !found.saveData ? kept() : null
  const light = last === 'snapshot' || last === 'bundle' ? last === 'bundle' : isSlow(found)
  if (!light) return rungs
  return [...rungs.filter((rung) => rung.name === 'bundle'), ...rungs.filter((rung) => rung.name !== 'bundle')]
}

/** @param {string} rung the one that came up */
export function keep(rung) {
  try {
    localStorage.setItem(KEPT, rung)
  } catch { /* storage is off: the next visit measures again */ }
}

function kept() {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
