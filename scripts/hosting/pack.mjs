// node pack.mjs FOLDER: puts a .br and a .gz beside each file of a site that gets smaller by it. The same bytes each time.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const PACKED_ALREADY = /\.(br|gz|png|jpe?g|webp|zip|whl|woff2)$/
const WORTH = 0.95 // a copy that saves less than that is not worth its place
const LEAST = 256 // bytes: below that a packed answer is hardly shorter

const [folder] = process.argv.slice(2)
let files = 0
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name === '_headers' || PACKED_ALREADY.test(entry.name)) continue
  const path = join(entry.parentPath ?? entry.path, entry.name)
  const whole = readFileSync(path)
  if (whole.length < LEAST) continue
  const brotli = brotliCompressSync(whole, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length } })
  const gzip = gzipSync(whole, { level: 9 })
  if (brotli.length < whole.length * WORTH) writeFileSync(`${path}.br`, brotli)
  if (gzip.length < whole.length * WORTH) writeFileSync(`${path}.gz`, gzip)
  files += 1
}
console.log(files)
