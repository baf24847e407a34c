// node packed.mjs FOLDER CACHE: beside every file that it makes smaller, its brotli (level 11) as FILE.br; each content is packed once.
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const [folder, cache] = process.argv.slice(2)
mkdirSync(cache, { recursive: true })
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name)
  if (!entry.isFile() || file.endsWith('.br') || existsSync(`${file}.br`)) continue
  const content = readFileSync(file)
  const kept = join(cache, createHash('sha256').update(content).digest('hex'))
  if (!existsSync(kept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(`${kept}.part`, brotliCompressSync(content, { params }))
    renameSync(`${kept}.part`, kept)
  }
  if (statSync(kept).size < content.length) linkSync(kept, `${file}.br`)
}
