/**
 * The way to bridge.py of a bare Python (bare.js): its function is called as C calls it, text in, bytes out. Pyodide's own way needs
 * its modules first.
 */

/**
 * @typedef {object} Exports   of the wasm file; pointers are numbers
 * @property {WebAssembly.Memory} memory
 * @property {(size: number) => number} malloc
 * @property {(at: number) => void} free
 * @property {(at: number, length: number) => number} PyUnicode_FromStringAndSize
 * @property {(called: number, argument: number) => number} PyObject_CallOneArg
 * @property {(source: number) => number} PyRun_SimpleString   0, or -1 where it failed and has written why
 * @property {(bytes: number) => number} PyBytes_AsString
 * @property {(bytes: number) => number} PyBytes_Size
 * @property {(object: number) => void} _Py_DecRef
 */

/**
 * @param {Exports} python
 * @param {number} place   where in its memory the function lies: it takes a string and gives bytes
 * @returns {(text: string) => Uint8Array}
 */
export function door(python, place) {
  return (text) => {
    const given = string(python, text)
    const reply = python.PyObject_CallOneArg(place, given)
    python._Py_DecRef(given)
    if (!reply) throw new Error('Python gave no reply')
    const at = python.PyBytes_AsString(reply)
    const bytes = new Uint8Array(python.memory.buffer, at, python.PyBytes_Size(reply)).slice()
    python._Py_DecRef(reply)
    return bytes
  }
}

/**
 * @param {Exports} python
 * @param {string} source of Python, which hands nothing back
 */
export function run(python, source) {
  const { at } = copied(python, `${source}\0`)
  const failed = python.PyRun_SimpleString(at)
  python.free(at)
  if (failed) throw new Error(`Python could not do: ${source}`)
}

/**
 * @param {Exports} python
 * @param {string} text
 */
function string(python, text) {
  const { at, length } = copied(python, text)
  const made = python.PyUnicode_FromStringAndSize(at, length)
  python.free(at)
  if (!made) throw new Error('Python cannot read the question')
  return made
}

/**
 * Into Python's memory, as UTF-8.
 * @param {Exports} python
 * @param {string} text
 */
function copied(python, text) {
  const bytes = new TextEncoder().encode(text)
  const at = python.malloc(bytes.length)
  new Uint8Array(python.memory.buffer, at, bytes.length).set(bytes)
  return { at, length: bytes.length }
}
