// What of Pyodide lets Python and JavaScript talk: the page does without (docs/widget/bare.js). And built-in modules that it never
// imports, with the libraries under them: C's own tests, SQLite, XML, the Chinese, Japanese and
// Korean codecs (the page knows UTF-8 alone), hashes, what packs and unpacks. A third of the code.
//
// The file has no names but those of its exports. The linker puts one source file behind another, so what lies between two exports
// that belong to such modules belongs to them too. Whoever gets this wrong hears of it: an emptied function traps when it is called,
// which breaks the build (it starts Python on what is left) or, in the page, ends the rung.
import binaryen from 'binaryen'

// From one export to another, the first included: all between them is of modules and libraries that are not used.
const UNUSED = [
  ['PyInit__hmac', 'PyInit__sqlite3'],
  ['PyInit__md5', 'PyInit_unicodedata'], // hashes, XML, codecs
  ['PyInit__xxtestfuzz', 'PyInit__testclinic_limited'],
  ['lzma_version_number', 'ceil'], // LZMA, SQLite
  ['FSE_versionNumber', 'adler32_z'], // Zstandard, bzip2
]
// Of these families are the exports between. One of another name is the same code as a function of others, kept once for both.
const FAMILY = /^(PyInit_|BZ2|COVER|div|FSE|HIST|HUF|POOL|XXH|ZDICT|ZSTD|lz|sqlite3|ss|tr)/

// Of Pyodide's own everything except main, except what wraps system calls, and except what CPython asks first when it imports `*`.
const TALK = [
  ['set_method_docstring', 'JsModule_GetAll'],
  ['JsBuffer_CopyIntoMemoryView', '__wrap___syscall_connect'],
]

const ANYBODYS = /^(__syscall_|_?emscripten_|exit$)/

/**
 * Empties them. Their places in the table of functions stay, since memory holds numbers of such places.
 * @param {binaryen.Module} module as its makers linked it
 * @returns {number} how many
 */
export function hollow(module) {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index))
  const places = new Map(functions.map((one, index) => [binaryen.getFunctionInfo(one).name, index]))
  const exports = Array.from({ length: module.getNumExports() }, (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)))
  const at = new Map(exports.filter(({ kind }) => kind === binaryen.ExternalFunction).map(({ name, value }) => [name, places.get(value)]))
  const shared = new Set([...at].filter(([name]) => !FAMILY.test(name)).map(([, index]) => index))
  const unused = [...between(UNUSED, at).filter((index) => !shared.has(index)), ...talking(between(TALK, at), functions, places)]
  for (const index of unused) binaryen.Function.setBody(functions[index], module.unreachable())
  return unused.length
}

/**
 * @param {string[][]} stretches
 * @param {Map<string, number>} at
 */
function between(stretches, at) {
  return stretches.flatMap(([first, next]) => {
    const length = at.get(next) - at.get(first)
    if (!(length > 0)) throw new Error(`no longer one behind the other: ${first}, ${next}`)
    return Array.from({ length }, (_, index) => at.get(first) + index)
  })
}

/**
 * Those that call Pyodide's JavaScript, or another of those. The rest may be the same code as a function elsewhere, kept once for both: what
 * visits two members of an object, say. It leads nowhere.
 * @param {number[]} indices
 * @param {number[]} functions
 * @param {Map<string, number>} places
 */
function talking(indices, functions, places) {
  const calls = new Map(indices.map((index) => {
    const text = binaryen.emitText(binaryen.getFunctionInfo(functions[index]).body)
    const called = [...text.matchAll(/call \$([^\s)]+)/g)].map(([, name]) => places.get(name))
    if (called.includes(undefined)) throw new Error(`calls a function of no name: ${text.slice(0, 200)}`)
    return [index, called]
  }))
  const isImport = (index) => {
    const { module, base } = binaryen.getFunctionInfo(functions[index])
    return module === 'env' && !ANYBODYS.test(base)
  }
  const found = new Set(indices.filter((index) => calls.get(index).some(isImport)))
  for (let before = -1; before < found.size;) {
    before = found.size
    for (const index of indices) if (calls.get(index).some((called) => found.has(called))) found.add(index)
  }
  return [...found]
}
