/**
 * What Pyodide's own files see as `fetch` and `WebAssembly` (scripts/runtime/pack.mjs puts the import into them), and how a failure
 * anywhere reaches the worker.
 *
 * Pyodide would look for its files beside itself and, where one is missing or will not compile, write to the console and
 * wait for ever. Here it gets the files we hand it, and a failure reaches us.
 */

/** @type {Map<string, Promise<Response>>} */
const files = new Map()
/** @type {(reason: unknown) => void} */
export let fail = () => {}

/** Rejects as soon as a file cannot be had or used; never resolves. */
export const failure = new Promise((_, reject) => { fail = reject })
failure.catch(() => {}) // it may come before anyone waits for it

/** Where Pyodide believes it lives. No request ever goes there. */
export const NOWHERE = 'https://offline.invalid/'

/**
 * @param {string} name
 * @param {Promise<Response>} response
 */
export function provide(name, response) {
  files.set(name, response)
  response.catch(() => {}) // it has told of its failure itself, and Pyodide may not have asked for it yet
}

/** @param {string | URL} address */
export async function fetch(address) {
  const file = files.get(String(address).slice(NOWHERE.length))
  if (!file) throw new Error(`Pyodide asked for ${address}, which it should not need`)
  return file
}

const engine = globalThis.WebAssembly

export const WebAssembly = {
  CompileError: engine.CompileError,
  compile: engine.compile.bind(engine),
  instantiate: engine.instantiate.bind(engine),
  /**
   * @param {Promise<Response>} source
   * @param {WebAssembly.Imports} imports
   */
  async instantiateStreaming(source, imports) {
    try {
      const response = await source
      if (engine.instantiateStreaming) return await engine.instantiateStreaming(response, imports)
      return await engine.instantiate(await response.arrayBuffer(), imports) // Safari before 15
    } catch (error) {
      fail(error)
      throw error
    }
  },
}
