/**
 * A Python that has started already: its memory as scripts/runtime/snapshot.mjs kept it, with calculator and rulebook loaded.
 * The file holds only what differs from the memory with which the wasm file begins.
 *
 * It fits no other wasm file and says nothing of another rulebook: the hashes of both, with which it was made, are compared.
 */

/** @typedef {{wasm: string, rulebook: string, version: string, door: number, memory: number, stretches: number, own: number}} Header */
/** @typedef {{HEAPU8: Uint8Array, HEAP32: Int32Array, ENV: Record<string, string>, FS: any, addRunDependency(name: string): void,
 *   removeRunDependency(name: string): void}} Module   what emscripten made of the wasm file */

export class Snapshot {
  /** @param {ArrayBuffer} file */
  constructor(file) {
    const [length] = new Uint32Array(file, 0, 1)
    if (4 + length > file.byteLength) throw new Error('snapshot: not one')
    /** @type {Header} */
    this.header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length)))
    this.table = new Uint32Array(file, 4 + length, 2 * this.header.stretches)
    this.bytes = new Uint8Array(file, this.table.byteOffset + this.table.byteLength)
  }

  /**
   * Throws where the snapshot is of another runtime or another rulebook.
   * @param {string} wasm its SHA-256
   * @param {string} rulebook its SHA-256
   */
  check(wasm, rulebook) {
    if (this.header.wasm !== wasm) throw new Error(`snapshot: made with wasm ${this.header.wasm}, not ${wasm}`)
    if (this.header.rulebook !== rulebook) throw new Error(`snapshot: holds rulebook ${this.header.rulebook}, not ${rulebook}`)
  }

  /**
   * Into the memory of a module that has not begun to run.
   * @param {Module} module
   * @param {import('./door.js').Exports} python
   */
  restore(module, python) {
    const { memory, own } = this.header
    if (memory > module.HEAPU8.length) python.malloc(memory - module.HEAPU8.length) // makes it grow; forgotten with the rest
    const kept = module.HEAP32[own >>> 2] // points to a function that not every browser can have
    let from = 0
    for (let at = 0; at < this.table.length; at += 2) {
      const length = this.table[at + 1]
      module.HEAPU8.set(this.bytes.subarray(from, from + length), this.table[at])
      from += length
    }
    module.HEAP32[own >>> 2] = kept
  }
}
