// Python in Node as the page has it: only CPython itself. Pyodide's own modules, by which Python and JavaScript talk, bring asyncio,
// inspect, ssl and a hundred more along; nothing the calculator asks for. docs/widget/bare.js is the same for the page.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// Node would print the line of the script where it failed: all of Pyodide's in one, with the names of all errors there are.
process.on('uncaughtException', (error) => {
  console.error(error.message)
  process.exit(1)
})

/**
 * @param {string} pyodideDir
 * @param {string} asmDir where pyodide.asm.mjs and pyodide.asm.wasm are taken from
 * @param {{library: string, env?: Record<string, string>, begin?: boolean}} how library: zip of Python's modules; begin: false
 *   leaves the memory as the wasm file brings it
 * @returns {Promise<{module: any, exports: any, build: string}>}
 */
export async function bare(pyodideDir, asmDir, { library, env = {}, begin = true }) {
  const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href)
  const { default: factory } = await import(pathToFileURL(`${asmDir}/pyodide.asm.mjs`).href)
  const { info } = JSON.parse(readFileSync(`${pyodideDir}/pyodide-lock.json`, 'utf8'))
  return new Promise((then, fail) => {
    loadPyodide({
      indexURL: asmDir,
      packageBaseUrl: asmDir,
      stdLibURL: resolve(library),
      lockFileContents: { info, packages: {} },
      env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0', ...env },
      createPyodideModule: async (settings) => {
        const instantiate = settings.instantiateWasm
        let exports
        settings.instantiateWasm = (imports, done) => instantiate(imports, (instance, module) => {
          exports = instance.exports
          done(instance, module)
        })
        if (!begin) settings.noInitialRun = true
        factory(settings).then((module) => {
          if (settings.exitCode === undefined) then({ module, exports, build: settings.API.config.BUILD_ID })
          else fail(new Error(`Python ended at once, with ${settings.exitCode}`))
        }, fail)
        return new Promise(() => {}) // what Pyodide would do next is to import its modules
      },
    }).catch(fail)
  })
}

/**
 * Runs Python's source, which hands nothing back; its files are module.FS's. Throws where it fails; why, Python has written to stderr.
 * @param {{module: any, exports: any}} python
 * @param {string} source
 */
export function runIn({ module, exports }, source) {
  const bytes = new TextEncoder().encode(`${source}\0`)
  const at = exports.malloc(bytes.length)
  module.HEAPU8.set(bytes, at)
  const failed = exports.PyRun_SimpleString(at)
  exports.free(at)
  if (failed) throw new Error('Python failed; it said why above')
}
