// node prune.mjs PYODIDE_DIR OUT_DIR
// Writes pyodide.asm.mjs and pyodide.asm.wasm without what the page can never use. Pyodide offers every C function to .so modules
// that might be loaded later; none is here, so only the exports that the JavaScript itself uses stay, and the functions that lead
// nowhere else go with the rest. So do the insides of built-in modules that the page never imports (unused.mjs): a call of one would
// trap, which ends the rung. What stays is byte for byte the code that Pyodide's makers compiled: no function is changed.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import binaryen from 'binaryen'
import { sweep } from './sweep.mjs'
import { hollow } from './unused.mjs'

const [pyodideDir, outDir] = process.argv.slice(2).map((path) => resolve(path))
const read = (name) => readFileSync(`${pyodideDir}/${name}`)
const script = quiet(read('pyodide.asm.mjs').toString())
const whole = read('pyodide.asm.wasm')

// What our own code takes of both, past what they take of each other.
const MODULE = ['ENV', 'FS', 'HEAP32', 'HEAPU8', 'addRunDependency', 'removeRunDependency'] // docs/widget/bare.js, snapshot.js
const DOOR = [ // docs/widget/door.js
  'malloc', 'free', 'PyUnicode_FromStringAndSize', 'PyObject_CallOneArg', 'PyBytes_AsString', 'PyBytes_Size', '_Py_DecRef',
  'PyRun_SimpleString',
]
const SNAPSHOT = ['sbrk', '_PyRuntime', '_PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET'] // snapshot.mjs

/**
 * Without steps that are for others. Two find the place of every function in the table, twelve thousand objects at each start: where no
 * .so module asks, only the trampoline is ever put into the table, which is new and has no place yet. One makes JavaScript's half of
 * Pyodide. And of the file systems only the one in memory is used.
 * @param {string} source
 */
function quiet(source) {
  const steps = [
    ['updateGOT(origExports);', ''],
    ['new WeakMap;updateTableMap(0,wasmTable.length)', 'new WeakMap'],
    ['pyodide_js_init();pyodide_js_init.sig', 'pyodide_js_init.sig'],
    ['{MEMFS,IDBFS,NODEFS,WORKERFS,PROXYFS}', '{MEMFS}'],
  ]
  for (const [step, instead] of steps) {
    if (source.split(step).length !== 2) throw new Error(`pyodide.asm.mjs no longer says ${step} once`)
    source = source.replace(step, instead)
  }
  return source
}

const importsOf = (wasm) => new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name))

const module = binaryen.readBinary(whole)
const emptied = hollow(module)

/** Round after round: the fewer functions there are, the fewer are asked of JavaScript, which then needs fewer itself. */
function pruned() {
  for (;;) {
    module.runPasses(['remove-unused-module-elements'])
    const wasm = module.emitBinary()
    const { source, exports } = sweep(script, MODULE, importsOf(wasm))
    const used = new Set([...DOOR, ...SNAPSHOT, ...exports])
    const names = Array.from({ length: module.getNumExports() }, (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name)
    const others = names.filter((name) => !used.has(name))
    if (!others.length) return { wasm, source }
    for (const name of others) module.removeExport(name)
  }
}

const { wasm, source } = pruned()
writeFileSync(`${outDir}/pyodide.asm.wasm`, wasm)
writeFileSync(`${outDir}/pyodide.asm.mjs`, source)
console.log(JSON.stringify({ wasm: wasm.length, script: source.length, emptied }))
