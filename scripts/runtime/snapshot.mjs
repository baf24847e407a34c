// node snapshot.mjs PRUNED_DIR LIBRARY_ZIP RULEBOOK_JSON SETTLE_PY OUT
// Starts Python on the runtime that the page will have, loads calculator and rulebook, and keeps what its memory then holds
// beyond what the wasm file brings along. The page (docs/widget/snapshot.js) puts it back instead of starting Python.
//
//   u32 length of the header · header, JSON, padded to four bytes · for each stretch u32 address, u32 length · the stretches
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inNode, run } from './bare.mjs'

const [prunedDir, libraryZip, rulebookJson, settlePy, out] = process.argv.slice(2).map((path) => resolve(path))
const GRAIN = 64 // bytes: finer stretches cost more in addresses than they save
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex')

// Whatever Python could learn of the moment would be in its memory: two builds must give equal bytes.
const EPOCH = Date.UTC(2026, 0, 1)
process.env.TZ = 'UTC'
performance.now = () => 0
crypto.getRandomValues = (array) => array.fill(0)
globalThis.Date = class extends Date {
  constructor(...when) { super(...(when.length ? when : [EPOCH])) }
  static now() { return EPOCH }
}

/** Free memory holds what once stood there; zeros cost nothing to download. */
function clearFreeMemory({ sbrk, malloc, free }, module) {
  const end = sbrk(0)
  const held = []
  const sizes = [...Array.from({ length: 8 }, (_, index) => 1 << (20 - index)), ...Array.from({ length: 511 }, (_, index) => 4096 - 8 * index)]
  for (const size of sizes) {
    for (;;) {
      const at = malloc(size)
      if (at + size > end) {
        free(at)
        break
      }
      module.HEAPU8.fill(0, at, at + size)
      held.push(at)
    }
  }
  for (const at of held) free(at)
}

/** Where the memory differs from the one that the wasm file begins with. @returns {[number, number][]} from, to */
function stretches(memory, first) {
  const found = []
  for (let at = 0; at < memory.length; at += GRAIN) {
    const now = memory.subarray(at, at + GRAIN)
    const before = first.subarray(at, at + GRAIN)
    if (now.every((byte, index) => byte === (before[index] ?? 0))) continue
    const last = found.at(-1)
    if (last?.[1] === at) last[1] = at + GRAIN
    else found.push([at, at + GRAIN])
  }
  return found
}

const fresh = (await inNode(prunedDir)).module.HEAPU8.slice()
const { module, python } = await inNode(prunedDir, libraryZip)
const rulebook = readFileSync(rulebookJson)
module.FS.writeFile('/tmp/rulebook.json', new Uint8Array(rulebook))
module.FS.writeFile('/tmp/settle.py', new Uint8Array(readFileSync(settlePy)))
run(python, `
import sys
sys.path.insert(0, '/tmp')
import settle
settle.settle('/tmp/rulebook.json', '/tmp/opened.json')
sys.path.remove('/tmp')
settle.rest()
del sys.modules['settle'], settle, sys`)
const { version, door, broken } = JSON.parse(module.FS.readFile('/tmp/opened.json', { encoding: 'utf8' }))
if (broken) throw new Error(broken)
clearFreeMemory(python, module)

const memory = module.HEAPU8
const runs = stretches(memory, fresh)
const header = {
  wasm: sha(readFileSync(`${prunedDir}/pyodide.asm.wasm`)),
  rulebook: sha(rulebook),
  version,
  door, // the address of the function that answers
  memory: memory.length,
  stretches: runs.length,
  // where CPython keeps the address of a function that some browsers cannot have: each keeps its own
  own: python._PyRuntime.value + module.HEAP32[python._PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET.value >>> 2],
}
const json = Buffer.from(JSON.stringify(header))
const padded = Buffer.concat([json, Buffer.alloc(-json.length & 3, ' ')])
const table = Uint32Array.from([padded.length, ...runs.flatMap(([from, to]) => [from, to - from])])
const numbers = Buffer.from(table.buffer)
writeFileSync(out, Buffer.concat([numbers.subarray(0, 4), padded, numbers.subarray(4), ...runs.map(([from, to]) => memory.subarray(from, to))]))
console.log(JSON.stringify({ version, stretches: runs.length }))
process.exit(0)
