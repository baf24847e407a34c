// node prune.mjs PYODIDE_DIR OUT_DIR
// Writes pyodide.asm.mjs and pyodide.asm.wasm without what the page can never use. Pyodide offers every C function to .so modules
// that might be loaded later; none is here, so only the exports that the JavaScript itself uses stay, and the functions that lead
// nowhere else go with the rest. So do the insides of built-in modules that the page never imports (unused.mjs): a call of one would
// trap, which ends the rung. Nor does the script note the places of functions, which it would tell such modules. What stays is byte for byte the code that Pyodide's makers compiled: no function is changed.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import binaryen from 'binaryen'
import { sweep } from './sweep.mjs'
import { hollow } from './unused.mjs'

const [pyodideDir, outDir] = process.argv.slice(2).map((path) => resolve(path))
const read = (name) => readFileSync(`${pyodideDir}/${name}`)
const script = quiet(read('pyodide.asm.mjs').toString())
const caller = read('pyodide.mjs').toString()
const whole = read('pyodide.asm.wasm')

/**
 * Without the two steps by which the script finds the place of every function in the table, twelve thousand objects at each start.
 * Where no .so module asks, only the trampoline is ever put into the table, which is new and has no place yet.
 * @param {string} source
 */
function quiet(source) {
  for (const [step, instead] of [['updateGOT(origExports);', ''], ['new WeakMap;updateTableMap(0,wasmTable.length)', 'new WeakMap']]) {
    if (source.split(step).length !== 2) throw new Error(`pyodide.asm.mjs no longer says ${step} once`)
    source = source.replace(step, instead)
  }
  return source
}

const importsOf = (wasm) => new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name))

// What the page calls besides, past Pyodide's JavaScript (docs/widget/door.js).
const DOOR = [
  'malloc', 'free', 'PyUnicode_FromStringAndSize', 'PyObject_CallOneArg', 'PyBytes_AsString', 'PyBytes_Size', '_Py_DecRef',
  'PyRun_SimpleString',
]

/** @param {Set<string>} used names of exports that stay */
function withExports(used) {
  const module = binaryen.readBinary(whole)
  const emptied = hollow(module)
  const names = Array.from({ length: module.getNumExports() }, (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name)
  for (const name of names) if (!used.has(name)) module.removeExport(name)
  module.runPasses(['remove-unused-module-elements'])
  return { wasm: module.emitBinary(), emptied }
}

const { wasm, emptied } = withExports(new Set([...DOOR, ...sweep(script, caller, importsOf(whole)).exports]))
const { source } = sweep(script, caller, importsOf(wasm)) // the smaller module asks for fewer functions of JavaScript's
writeFileSync(`${outDir}/pyodide.asm.wasm`, wasm)
writeFileSync(`${outDir}/pyodide.asm.mjs`, source)
console.log(JSON.stringify({ wasm: wasm.length, script: source.length, emptied }))
