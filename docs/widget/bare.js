/**
 * Only CPython. Of Pyodide there is what carries the C program (its asm.mjs and asm.wasm, as scripts/runtime/prune.mjs leaves them);
 * the modules by which Python and JavaScript talk are left out: they bring asyncio, inspect, ssl and a hundred more along, which
 * nothing here asks for. Whoever wants an answer goes by door.js. In the page and, where the build starts Python, in Node.
 */

/** @typedef {import('./snapshot.js').Module} Module */
/** @typedef {import('./door.js').Exports} Exports */
/** @typedef {{instance: WebAssembly.Instance, module: WebAssembly.Module}} Instantiated */

/** Where CPython 3.14 looks first for its modules: a zip. And a folder that it wants to see, empty or not. */
const [LIBRARY, EXTENSIONS] = ['/lib/python314.zip', '/lib/python3.14/lib-dynload']

/**
 * @param {(settings: object) => Promise<Module>} create   asm.mjs's function
 * @param {(imports: WebAssembly.Imports) => Promise<Instantiated>} instantiate   asm.wasm
 * @param {Promise<Uint8Array>} [library]   zip of Python's modules; without it Python does not begin, and its memory is as the
 *   wasm file brings it
 * @param {Record<string, string>} [env]
 * @returns {Promise<{module: Module, python: Exports}>} rejects where the wasm or the library cannot be had, or Python ends at once
 */
export function bare(create, instantiate, library, env) {
  return new Promise((resolve, reject) => {
    /** @type {any} */
    let python
    /** @type {number | undefined} */
    let ended
    /** @type {Promise<void> | undefined} */
    let furnished
    const settings = {
      API: {}, // of Pyodide, which hangs a few things on it
      arguments: [],
      thisProgram: 'python', // else Node's own, and its arguments, would be Python's
      noInitialRun: !library,
      preRun: library ? [(/** @type {Module} */ module) => { furnished = furnish(module, library, env) }] : [],
      onExit(/** @type {number} */ code) { ended = code },
      instantiateWasm(/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) {
        instantiate(imports).then(({ instance, module }) => {
          python = instance.exports
          done(instance, module)
        }).catch(reject)
        return {}
      },
    }
    create(settings).then(async (module) => {
      await furnished
      if (ended === undefined) resolve({ module, python })
      else reject(new Error(`Python ended at once, with ${ended}; is its library where it looks, in ${LIBRARY}?`))
    }).catch(reject)
    library?.catch(reject) // then nothing begins
  })
}

/**
 * What Python finds when it begins.
 * @param {Module} module
 * @param {Promise<Uint8Array>} library
 * @param {Record<string, string>} [env]
 */
async function furnish(module, library, env) {
  module.addRunDependency(LIBRARY)
  module.FS.mkdirTree(EXTENSIONS)
  module.ENV.PYTHONINSPECT = '1' // else it would read a program from nowhere, and end
  Object.assign(module.ENV, env)
  module.FS.writeFile(LIBRARY, await library)
  module.removeRunDependency(LIBRARY)
}
