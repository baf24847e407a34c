/**
 * The way to bridge.py of a Python whose memory was put back: its function is called as C calls it, text in, bytes out. Pyodide's own
 * way needs its JavaScript side of Python first, for which a dozen modules are looked up and lines of source compiled: a fifth of
 * a second visit's whole time, and nothing the calculator asks for.
 */

/**
 * @typedef {object} Exports   of the wasm file; pointers are numbers
 * @property {WebAssembly.Memory} memory
 * @property {(size: number) => number} malloc
 * @property {(at: number) => void} free
 * @property {(at: number, length: number) => number} PyUnicode_FromStringAndSize
 * @property {(called: number, argument: number) => number} PyObject_CallOneArg
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
 * @param {string} text
 */
function string(python, text) {
  const bytes = new TextEncoder().encode(text)
  const at = python.malloc(bytes.length)
  new Uint8Array(python.memory.buffer, at, bytes.length).set(bytes)
  const made = python.PyUnicode_FromStringAndSize(at, bytes.length)
  python.free(at)
  if (!made) throw new Error('Python cannot read the question')
  return made
}
