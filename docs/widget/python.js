/**
 * The two rungs that start CPython alone (bare.js): from its memory as it once stood, or from our library.
 */
import createModule from 'yibao:python'
import { bare } from './bare.js'
import { door, run } from './door.js'
import { fail, WebAssembly } from './host.js'
import { SHARE } from './protocol.js'
import { Snapshot } from './snapshot.js'

/** @typedef {import('./protocol.js').Started} Started */

const [RULEBOOK, OPENED] = ['/tmp/rulebook.json', '/tmp/opened.json']

/** @param {import('./protocol.js').Starting} given */
export const python = (given) => (given.parts.snapshot ? restored(given, given.parts.snapshot) : begun(given))

/**
 * Calculator and rulebook are loaded already.
 * @param {import('./protocol.js').Starting} given
 * @param {import('./protocol.js').Part} file
 * @returns {Promise<Started>}
 */
async function restored({ parts, wasm, rulebook, download, progress }, file) {
  const coming = download.bytes(file).then((bytes) => {
    const snapshot = new Snapshot(bytes)
    snapshot.check(parts.wasm.sha, rulebook)
    return snapshot
  })
  coming.catch(fail)
  const { module, python } = await bare(createModule, (imports) => WebAssembly.instantiateStreaming(wasm, imports))
  progress('calculator', SHARE.python)
  const snapshot = await coming
  snapshot.restore(module, python)
  return { version: snapshot.header.version, reply: door(python, snapshot.header.door) }
}

/**
 * Python begins, imports the calculator and loads the rulebook.
 * @param {import('./protocol.js').Starting} given
 * @returns {Promise<Started>}
 */
async function begun({ parts: { stdlib, rulebook }, wasm, download, progress }) {
  const { library, rest } = download.inTurn(stdlib, rulebook)
  const { module, python } = await bare(createModule, (imports) => WebAssembly.instantiateStreaming(wasm, imports), library)
  progress('calculator', SHARE.python)
  const [rules] = await rest
  module.FS.writeFile(RULEBOOK, rules)
  run(python, `import bridge; bridge.begin(${JSON.stringify(RULEBOOK)}, ${JSON.stringify(OPENED)})`)
  const opened = JSON.parse(module.FS.readFile(OPENED, { encoding: 'utf8' }))
  if (opened.broken) throw new Error(opened.broken)
  return { version: opened.version, reply: door(python, opened.door) }
}
