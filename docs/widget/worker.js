/**
 * The worker: boots Python on the rung it is told, then answers Cases. One worker is one rung: ladder.js starts it, watches it,
 * and starts the next rung in a fresh worker when this one fails or falls silent.
 *
 * The ladder: `snapshot` (Python's memory as it once stood, calculator and rulebook loaded) → `bundle` (trimmed library as 3.14
 * bytecode, calculator inside) → `stock` (Pyodide as its makers publish it, calculator as source). link.js may put bundle first.
 *
 *   worker script ──┬─ wasm: download and compile, streaming ──┐
 *                   ├─ snapshot ───────────────────────────────┼─ memory put back ─ answer
 *                   │   or library zip ────────────────────────┼─ Python starts ─ calculator imported ─ rulebook loaded ─ answer
 *                   └─ rulebook JSON ──────────────────────────┴──────────────────────────────────────────┘
 *
 * How long each takes: make bench ONLY=pages.
 */
import { named } from './early.js'
import { Download } from './download.js'
import { failure } from './host.js'
import { SHARE } from './protocol.js'
import { python } from './python.js'
import { stock } from './stock.js'
import { take, unpacked } from './unpack.js'

/** @typedef {import('./protocol.js').Step} Step */

/** Asks bridge.py's `reply`. @type {((text: string) => Uint8Array) | undefined} */
let reply
/** Settled when the rung is up, or is not. Questions that come before wait for it. @type {Promise<void> | undefined} */
let booted
/** @type {Step} */
let step = 'start'

/** @param {import('./protocol.js').ToPage} message */
const say = (message) => self.postMessage(message)

/**
 * @param {Step} now what begins: the page's patience with it depends on what it is
 * @param {number} share
 */
function progress(now, share) {
  step = now
  say({ type: 'progress', step, share })
}

/** @param {import('./protocol.js').Boot} message */
async function boot({ rung, parts, instead, rulebook, cache }) {
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) // throws at once where a policy or an old browser forbids it
  progress('download', SHARE.start)
  const download = new Download(cache, (share) => {
    progress(share < 1 ? 'download' : 'python', SHARE.start + share * (SHARE.download - SHARE.start))
  }, PACKED ? unpacked : undefined)
  const wasm = download.streamed(parts.wasm, 'application/wasm')
  wasm.catch(() => {}) // told by itself, and nobody may have asked for it yet
  if (instead && (await Promise.race([download.isSlow(instead.pace), failure]))) {
    ;({ rung, parts } = instead)
    say({ type: 'taken', rung })
  }
  download.expect(Object.values(parts))
  const start = STOCK ? stock : python
  const started = await Promise.race([start({ parts, wasm, rulebook, download, progress }), failure])
  reply = started.reply
  await download.checked()
  progress('calculator', SHARE.calculator)
  say({ type: 'ready', rung, rulebook: started.version, bytes: { files: download.total, wire: fromNetwork() } })
}

function fromNetwork() {
  const files = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
  return files.reduce((sum, file) => sum + file.transferSize, 0)
}

/**
 * @param {number} id
 * @param {string} text
 */
function ask(id, text) {
  if (!reply) throw new Error('asked before ready')
  step = 'answer'
  const [kind, first, second, third] = new TextDecoder().decode(reply(text)).split('\0')
  if (kind === 'broken') throw new Error(first)
  if (kind === 'answer') say({ type: 'answer', id, text: first, names: second, takeAway: third })
  else say({ type: 'refused', id, field: first, message: second })
}

/** @param {import('./protocol.js').ToWorker} data */
async function hear(data) {
  try {
    if (data.type === 'file') PACKED && take(data)
    else if (data.type === 'boot') await (booted ? undefined : (booted = boot(data))) // the name has told it already, or not
    else await booted?.then(() => ask(data.id, data.text), () => {}) // why it is not up has been told
  } catch (error) {
    say({ type: 'failed', step, reason: String(error) })
  }
}

self.onmessage = (event) => hear(event.data)
if (named) hear(named)
