// Python in Node as the page has it: only CPython itself, started by the page's own code.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bare } from '../../docs/widget/bare.js'

export { run } from '../../docs/widget/door.js'

// Node would print the line of the script where it failed: all of emscripten's in one, with the names of all errors there are.
process.on('uncaughtException', (error) => {
  console.error(error.message)
  process.exit(1)
})

/**
 * @param {string} prunedDir where prune.mjs put pyodide.asm.mjs and pyodide.asm.wasm
 * @param {string} [library] zip of Python's modules; without it Python does not begin, and its memory is as the wasm file brings it
 */
export async function inNode(prunedDir, library) {
  const { default: create } = await import(pathToFileURL(resolve(prunedDir, 'pyodide.asm.mjs')).href)
  const instantiate = (imports) => WebAssembly.instantiate(readFileSync(`${prunedDir}/pyodide.asm.wasm`), imports)
  return bare(create, instantiate, library && Promise.resolve(new Uint8Array(readFileSync(library))), { PYTHONHASHSEED: '0', LANG: 'C.UTF-8' })
}
