// node pack.mjs FOLDER [BEFORE]: puts a .br and a .gz beside each file of a site that gets smaller by it. The same bytes each time.
// BEFORE: a site packed by this before; copies that unpack to the same file are taken from it, for packing takes minutes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib'

const PACKED_ALREADY = /\.(br|gz|png|jpe?g|webp|zip|whl|woff2)$/
const WORTH = 0.95 // a copy that saves less than that is not worth its place
const LEAST = 256 // bytes: below that a packed answer is hardly shorter
const BEST = { [constants.BROTLI_PARAM_QUALITY]: 11 }
const WAYS = {
  '.br': [(whole) => brotliCompressSync(whole, { params: { ...BEST, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length } }), brotliDecompressSync],
  '.gz': [(whole) => gzipSync(whole, { level: 9 }), gunzipSync],
}

/** @type {(copy: string, whole: Buffer, unpack: (packed: Buffer) => Buffer) => Buffer | null} the packed bytes of the very same file, made before */
function made(copy, whole, unpack) {
  try {
    const packed = readFileSync(copy)
    return unpack(packed).equals(whole) ? packed : null
  } catch {
    return null // not there, or damaged: it is made anew
  }
}

const [folder, before] = process.argv.slice(2)
let files = 0
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name === '_headers' || PACKED_ALREADY.test(entry.name)) continue
  const path = join(entry.parentPath ?? entry.path, entry.name)
  const whole = readFileSync(path)
  if (whole.length < LEAST) continue
  for (const [suffix, [pack, unpack]] of Object.entries(WAYS)) {
    const packed = (before && made(join(before, relative(folder, path)) + suffix, whole, unpack)) || pack(whole)
    if (packed.length < whole.length * WORTH) writeFileSync(path + suffix, packed)
  }
  files += 1
}
console.log(files)
