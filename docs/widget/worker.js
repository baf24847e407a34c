/**
 * The worker: boots Python on the rung it is told, then answers Cases. One worker is one rung: ladder.js starts it, watches it,
 * and starts the next rung in a fresh worker when this one fails or falls silent.
 *
 * The ladder: `bundle` (trimmed library as 3.14 bytecode, calculator inside) → `stock` (Pyodide's own library, calculator as
 * source). A memory snapshot will stand above them.
 *
 *   worker script ──┬─ wasm: download and compile, streaming ──┐
 *                   ├─ library zip ────────────────────────────┼─ Python starts ─ calculator imported, rulebook loaded ─ answer
 *                   └─ rulebook JSON ──────────────────────────┴──────────────────────────┘
 *   bundle    8 %       8 %                                          45 %            35 %                                4 %
 *   stock     2 %       2 %                                          89 %             6 %                                1 %
 *
 * (Chromium, loopback, medians of one run; stock takes three times as long as bundle, nearly all of it compiling the library's
 * source. On a slow network the download is nearly all.)
 */
import { loadPyodide } from 'yibao:pyodide'
import createPyodideModule from 'yibao:pyodide-asm'
import lockFileContents from 'yibao:lock'
import { fail, failure, NOWHERE, provide } from './host.js'
import { SHARE } from './protocol.js'

/** @typedef {import('./protocol.js').Part} Part */
/** @typedef {import('./protocol.js').Parts} Parts */
/** @typedef {import('./protocol.js').Step} Step */
/** @typedef {{open_rulebook(text: string): string, ask(text: string): {toJs(): string[], destroy(): void}}} Bridge */

const LIBRARY = 'python_stdlib.zip'
const OUR_CODE = '/lib/yibao'

/** @type {Bridge | undefined} */
let bridge
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

/** Counts bytes over all files, so that the bar shows the whole download. */
class Download {
  /** @param {Part[]} parts */
  constructor(parts) {
    this.total = parts.reduce((sum, part) => sum + part.size, 0)
    this.done = 0
    this.told = 0
  }

  /** @param {number} bytes */
  add(bytes) {
    this.done += bytes
    const share = Math.min(1, this.done / this.total)
    if (share < this.told + 0.01 && share < 1) return
    this.told = share
    progress(share < 1 ? 'download' : 'python', SHARE.start + share * (SHARE.download - SHARE.start))
  }

  /**
   * A part as a response whose bytes are counted and that fails when the file is cut short or another one.
   * @param {Part} part
   * @param {string} type
   */
  async open(part, type) {
    const headers = { 'content-type': type }
    if ('data' in part) {
      this.add(part.size)
      return new Response(part.data, { headers })
    }
    const response = await fetch(part.url).catch((error) => { throw failed(`${part.url}: ${error}`) })
    if (!response.ok || !response.body) throw failed(`${part.url}: HTTP ${response.status}`)
    let seen = 0
    const counter = new TransformStream({
      transform: (chunk, out) => {
        seen += chunk.byteLength
        this.add(chunk.byteLength)
        out.enqueue(chunk)
      },
      flush: () => {
        if (seen !== part.size) throw failed(`${part.url}: ${seen} bytes, expected ${part.size}`)
      },
    })
    return new Response(response.body.pipeThrough(counter), { headers })
  }
}

/** The error, told at once: whoever reads the file would only say that reading failed. @param {string} reason */
function failed(reason) {
  const error = new Error(reason)
  fail(error)
  return error
}

/**
 * @param {string} rung
 * @param {Parts} parts
 */
async function boot(rung, parts) {
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) // throws at once where a policy or an old browser forbids it
  progress('download', SHARE.start)
  const download = new Download(Object.values(parts))
  provide('pyodide.asm.wasm', download.open(parts.wasm, 'application/wasm'))
  provide(LIBRARY, download.open(parts.stdlib, 'application/zip'))
  const rest = Promise.all([
    download.open(parts.rulebook, 'application/json').then((response) => response.text()),
    parts.calculator && download.open(parts.calculator, 'application/zip').then((response) => response.arrayBuffer()),
  ])
  rest.catch(fail)

  const python = loadPyodide({
    indexURL: NOWHERE, packageBaseUrl: NOWHERE, stdLibURL: NOWHERE + LIBRARY, lockFileContents, createPyodideModule,
  })
  const py = await Promise.race([python, failure])
  progress('calculator', SHARE.python)
  const [rulebook, calculator] = await rest
  if (calculator) {
    py.unpackArchive(calculator, 'zip', { extractDir: OUR_CODE })
    py.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(OUR_CODE)})`)
  }
  bridge = /** @type {Bridge} */ (py.pyimport('bridge'))
  const version = bridge.open_rulebook(rulebook)
  progress('calculator', SHARE.calculator)
  say({ type: 'ready', rung, rulebook: version })
}

/**
 * @param {number} id
 * @param {string} text
 */
function ask(id, text) {
  if (!bridge) throw new Error('asked before ready')
  step = 'answer'
  const reply = bridge.ask(text)
  const [kind, first, second, third] = reply.toJs()
  reply.destroy()
  if (kind === 'answer') say({ type: 'answer', id, text: first, names: second, takeAway: third })
  else say({ type: 'refused', id, field: first, message: second })
}

/** @param {MessageEvent<import('./protocol.js').ToWorker>} event */
self.onmessage = async ({ data }) => {
  try {
    if (data.type === 'boot') await boot(data.rung, data.parts)
    else ask(data.id, data.text)
  } catch (error) {
    say({ type: 'failed', step, reason: String(error) })
  }
}
