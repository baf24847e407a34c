/**
 * The rung that owes nothing to our scissors: Pyodide as its makers publish it, started as they say, and the calculator's source.
 */
import lockFileContents from 'yibao:lock'
import { loadPyodide } from 'yibao:pyodide'
import createPyodideModule from 'yibao:pyodide-asm'
import { NOWHERE, provide } from './host.js'
import { SHARE } from './protocol.js'

/** @typedef {{open_rulebook(text: string): string, reply(text: string): {toJs(): Uint8Array, destroy(): void}}} Bridge */

const STDLIB = 'python_stdlib.zip'
const OUR_CODE = '/lib/yibao'
/** How Pyodide is told to ask us, and nobody else, for its files. */
const OURS = { indexURL: NOWHERE, packageBaseUrl: NOWHERE, stdLibURL: NOWHERE + STDLIB, lockFileContents, createPyodideModule }

/**
 * @param {import('./protocol.js').Starting} given
 * @returns {Promise<import('./protocol.js').Started>}
 */
export async function stock({ parts: { stdlib, rulebook, calculator }, wasm, download, progress }) {
  const { library, rest } = download.inTurn(stdlib, rulebook, calculator)
  provide('pyodide.asm.wasm', wasm)
  provide(STDLIB, library.then((bytes) => new Response(bytes)))
  const py = await loadPyodide(OURS)
  progress('calculator', SHARE.python)
  const [rules, source] = await rest
  py.unpackArchive(source, 'zip', { extractDir: OUR_CODE })
  py.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(OUR_CODE)})`)
  const bridge = /** @type {Bridge} */ (py.pyimport('bridge'))
  const version = bridge.open_rulebook(new TextDecoder().decode(rules))
  return { version, reply: (text) => bytesOf(bridge.reply(text)) }
}

/** @param {{toJs(): Uint8Array, destroy(): void}} told */
function bytesOf(told) {
  const bytes = told.toJs()
  told.destroy()
  return bytes
}
