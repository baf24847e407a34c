/**
 * The worker: boots Python on the rung it is told, then answers Cases. One worker is one rung: ladder.js starts it, watches it,
 * and starts the next rung in a fresh worker when this one fails or falls silent.
 *
 * The ladder: `snapshot` (Python's memory as it once stood, calculator and rulebook loaded) → `bundle` (trimmed library as 3.14
 * bytecode, calculator inside) → `stock` (Pyodide as its makers publish it, calculator as source). link.js may put bundle first.
 *
 *   worker script ──┬─ wasm: download and compile, streaming ──┐
 *                   ├─ snapshot ───────────────────────────────┼─ memory put back, JavaScript's side set up ─ answer
 *                   │   or library zip ────────────────────────┼─ Python starts ─ calculator imported ─ rulebook loaded ─ answer
 *                   └─ rulebook JSON ──────────────────────────┴──────────────────────────────────────────┘
 *
 *   ms until     all files here   Python up   rulebook loaded   first answer
 *   snapshot           1040          1590                             1720
 *   bundle              770          5400              8370           8700
 *   stock              1070         24400             26150          26300
 *
 * (Chromium, loopback, medians of one run on a machine with seven other things to do: the ratios are what counts.)
 */
import { named } from './early.js'
import { loadPyodide } from 'yibao:pyodide'
import createPyodideModule from 'yibao:pyodide-asm'
import lockFileContents from 'yibao:lock'
import { door } from './door.js'
import { Download } from './download.js'
import { fail, failure, NOWHERE, provide } from './host.js'
import { SHARE } from './protocol.js'
import { Snapshot } from './snapshot.js'

/** @typedef {import('./protocol.js').Part} Part */
/** @typedef {import('./protocol.js').Parts} Parts */
/** @typedef {import('./protocol.js').Step} Step */
/** @typedef {{open_rulebook(text: string): string, reply(text: string): {toJs(): Uint8Array, destroy(): void}}} Bridge */

const LIBRARY = 'python_stdlib.zip'
const OUR_CODE = '/lib/yibao'
const EMPTY_ZIP = Uint8Array.from({ length: 22 }, (_, index) => [80, 75, 5, 6][index] ?? 0)

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
  })
  provide('pyodide.asm.wasm', download.streamed(parts.wasm, 'application/wasm'))
  if (instead && (await Promise.race([download.isSlow(instead.pace), failure]))) {
    ;({ rung, parts } = instead)
    say({ type: 'taken', rung })
  }
  download.expect(Object.values(parts))
  const started = parts.snapshot ? restored(parts.snapshot, parts.wasm, rulebook, download) : begun(parts, download)
  const version = await Promise.race([started, failure])
  await download.checked()
  progress('calculator', SHARE.calculator)
  say({ type: 'ready', rung, rulebook: version, bytes: { files: download.total, wire: fromNetwork() } })
}

function fromNetwork() {
  const files = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
  return files.reduce((sum, file) => sum + file.transferSize, 0)
}

const COMMON = { indexURL: NOWHERE, packageBaseUrl: NOWHERE, stdLibURL: NOWHERE + LIBRARY, lockFileContents }

/**
 * Python as it once stood, calculator and rulebook loaded.
 * @param {Part} file
 * @param {Part} wasm
 * @param {string} rules
 * @param {Download} download
 */
async function restored(file, wasm, rules, download) {
  provide(LIBRARY, Promise.resolve(new Response(EMPTY_ZIP)))
  const coming = download.bytes(file).then((bytes) => {
    const snapshot = new Snapshot(bytes)
    snapshot.check(wasm.sha, rules)
    return snapshot
  })
  coming.catch(fail)
  const { module, python } = await bare()
  progress('calculator', SHARE.python)
  const snapshot = await coming
  snapshot.restore(module)
  reply = door(python, snapshot.header.door)
  return snapshot.header.version
}

/**
 * A Python that has not begun to run. `loadPyodide` prepares it, and never hears that it is there: the rest of its work is for
 * a Python that begins, or for one that talks with JavaScript.
 * @returns {Promise<{module: import('./snapshot.js').Module, python: import('./door.js').Exports}>}
 */
function bare() {
  return new Promise((resolve, reject) => {
    loadPyodide({
      ...COMMON,
      _loadSnapshot: new Uint8Array(0), // anything: then it does not begin
      createPyodideModule: (/** @type {any} */ settings) => {
        const instantiate = settings.instantiateWasm
        /** @type {any} */
        let python
        settings.instantiateWasm = (/** @type {object} */ imports, /** @type {Function} */ done) => (
          instantiate(imports, (/** @type {WebAssembly.Instance} */ instance, /** @type {WebAssembly.Module} */ compiled) => {
            python = instance.exports
            done(instance, compiled)
          })
        )
        settings.preRun = [] // no files: all that is imported is there
        createPyodideModule(settings).then((/** @type {any} */ module) => resolve({ module, python }), reject)
        return new Promise(() => {})
      },
    }).catch(reject)
  })
}

/**
 * Python from its library: it starts, imports the calculator and loads the rulebook.
 * @param {Parts} parts
 * @param {Download} download
 */
async function begun({ stdlib, rulebook, calculator }, download) {
  if (!stdlib || !rulebook) throw new Error('this rung has no library or no rulebook')
  const library = download.bytes(stdlib)
  provide(LIBRARY, library.then((bytes) => new Response(bytes)))
  const rest = library.then(() => download.streaming) // what Python starts with comes first
    .then(() => Promise.all([download.bytes(rulebook), calculator && download.bytes(calculator)]))
  rest.catch(fail)
  const py = await loadPyodide({ ...COMMON, createPyodideModule })
  progress('calculator', SHARE.python)
  const [rules, source] = await rest
  if (source) {
    py.unpackArchive(source, 'zip', { extractDir: OUR_CODE })
    py.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(OUR_CODE)})`)
  }
  const bridge = /** @type {Bridge} */ (py.pyimport('bridge'))
  reply = (text) => {
    const told = bridge.reply(text)
    const bytes = told.toJs()
    told.destroy()
    return bytes
  }
  return bridge.open_rulebook(new TextDecoder().decode(rules))
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
    if (data.type === 'boot') await (booted ? undefined : (booted = boot(data))) // the name has told it already, or not
    else await booted?.then(() => ask(data.id, data.text), () => {}) // why it is not up has been told
  } catch (error) {
    say({ type: 'failed', step, reason: String(error) })
  }
}

self.onmessage = (event) => hear(event.data)
if (named) hear(named)
