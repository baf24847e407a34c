/**
 * Only CPython. Of Pyodide it takes what carries the C program, and leaves its modules, by which Python and JavaScript talk: they bring
 * asyncio, inspect, ssl and a hundred more along, which nothing here asks for. Whoever wants an answer goes by door.js.
 */
import { loadPyodide } from 'yibao:pyodide'
import createPyodideModule from 'yibao:pyodide-asm'
import lockFileContents from 'yibao:lock'
import { NOWHERE } from './host.js'

export const LIBRARY = 'python_stdlib.zip'
/** How Pyodide is told to ask us, and nobody else, for its files. */
export const COMMON = { indexURL: NOWHERE, packageBaseUrl: NOWHERE, stdLibURL: NOWHERE + LIBRARY, lockFileContents }

/** @typedef {import('./snapshot.js').Module} Module */
/** @typedef {import('./door.js').Exports} Exports */

/**
 * `loadPyodide` prepares it, and never hears that it is there: the rest of its work is for those modules.
 * @param {{begin: boolean}} how false: Python does not run, and has no files: its memory will be put back
 * @returns {Promise<{module: Module, python: Exports}>}
 */
export function bare({ begin }) {
  return new Promise((resolve, reject) => {
    loadPyodide({
      ...COMMON,
      ...(begin ? {} : { _loadSnapshot: new Uint8Array(0) }), // anything: then it does not begin
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
        if (!begin) settings.preRun = [] // no files: all that is imported is there
        createPyodideModule(settings).then((/** @type {any} */ module) => {
          if (settings.exitCode === undefined) resolve({ module, python })
          else reject(new Error(`Python ended at once, with ${settings.exitCode}`))
        }, reject)
        return new Promise(() => {})
      },
    }).catch(reject)
  })
}
