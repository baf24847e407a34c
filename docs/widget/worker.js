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
import { loadPyodide } from 'yibao:pyodide'
import createPyodideModule from 'yibao:pyodide-asm'
import { bare, COMMON, LIBRARY } from './bare.js'
import { door, run } from './door.js'
import { Download } from './download.js'
import { fail, failure, provide } from './host.js'
import { SHARE } from './protocol.js'
import { Snapshot } from './snapshot.js'
import { take, unpacked } from './unpack.js'

/** @typedef {import('./protocol.js').Part} Part */
/** @typedef {import('./protocol.js').Parts} Parts */
/** @typedef {import('./protocol.js').Step} Step */
/** @typedef {{open_rulebook(text: string): string, reply(text: string): {toJs(): Uint8Array, destroy(): void}}} Bridge */

const OUR_CODE = '/lib/yibao'
const [RULEBOOK, OPENED] = ['/tmp/rulebook.json', '/tmp/opened.json']
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
  }, PACKED ? unpacked : undefined)
  provide('pyodide.asm.wasm', download.streamed(parts.wasm, 'application/wasm'))
  if (instead && (await Promise.race([download.isSlow(instead.pace), failure]))) {
    ;({ rung, parts } = instead)
    say({ type: 'taken', rung })
  }
  download.expect(Object.values(parts))
  const started = parts.snapshot
    ? restored(parts.snapshot, parts.wasm, rulebook, download)
    : (parts.calculator ? stock : begun)(parts, download)
  const version = await Promise.race([started, failure])
  await download.checked()
  progress('calculator', SHARE.calculator)
  say({ type: 'ready', rung, rulebook: version, bytes: { files: download.total, wire: fromNetwork() } })
}

function fromNetwork() {
  const files = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
  return files.reduce((sum, file) => sum + file.transferSize, 0)
}

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
  const { module, python } = await bare({ begin: false })
  progress('calculator', SHARE.python)
  const snapshot = await coming
  snapshot.restore(module)
  reply = door(python, snapshot.header.door)
  return snapshot.header.version
}

/**
 * Python from our library: it starts, imports the calculator and loads the rulebook.
 * @param {Parts} parts
 * @param {Download} download
 */
async function begun({ stdlib, rulebook }, download) {
  const { library, rest } = wanted(download, stdlib, rulebook)
  provide(LIBRARY, library)
  const { module, python } = await bare({ begin: true })
  progress('calculator', SHARE.python)
  const [rules] = await rest
  module.FS.writeFile(RULEBOOK, new Uint8Array(rules))
  run(python, `import bridge; bridge.begin(${JSON.stringify(RULEBOOK)}, ${JSON.stringify(OPENED)})`)
  const opened = JSON.parse(module.FS.readFile(OPENED, { encoding: 'utf8' }))
  if (opened.broken) throw new Error(opened.broken)
  reply = door(python, opened.door)
  return opened.version
}

/**
 * Pyodide as its makers publish it, started as they say, and the calculator's source.
 * @param {Parts} parts
 * @param {Download} download
 */
async function stock({ stdlib, rulebook, calculator }, download) {
  const { library, rest } = wanted(download, stdlib, rulebook, calculator)
  provide(LIBRARY, library)
  const py = await loadPyodide({ ...COMMON, createPyodideModule })
  progress('calculator', SHARE.python)
  const [rules, source] = await rest
  py.unpackArchive(source, 'zip', { extractDir: OUR_CODE })
  py.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(OUR_CODE)})`)
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
 * @param {Download} download
 * @param {(Part | undefined)[]} files the library, which Python starts with, and what is wanted after it
 */
function wanted(download, ...files) {
  const [first, ...later] = files.map((file) => {
    if (!file) throw new Error('this rung lacks a file')
    return file
  })
  const library = download.bytes(first)
  const rest = library.then(() => download.streaming).then(() => Promise.all(later.map((file) => download.bytes(file))))
  rest.catch(fail)
  return { library: library.then((bytes) => new Response(bytes)), rest }
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
