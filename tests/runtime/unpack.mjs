// node unpack.mjs OFFERED_JSON: what docs/widget/unpack.js makes of each {text, size}: {size, sha} or {error}, in the same order, as JSON.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

const options = { bundle: true, format: 'esm', write: false, alias: { 'yibao:zstd': 'zstddec/stream' } }
const { outputFiles: [{ text }] } = await build({ ...options, entryPoints: ['docs/widget/unpack.js'] })
const { take, unpacked } = await import(`data:text/javascript,${encodeURIComponent(text)}`)

const told = []
for (const [number, offered] of JSON.parse(readFileSync(process.argv[2], 'utf8')).entries()) {
  take({ name: `file-${number}`, text: offered.text })
  try {
    const pieces = []
    for await (const piece of unpacked({ packed: `file-${number}`, size: offered.size })) pieces.push(piece)
    const whole = Buffer.concat(pieces)
    told.push({ size: whole.length, sha: createHash('sha256').update(whole).digest('hex') })
  } catch (error) {
    told.push({ error: String(error) })
  }
}
console.log(JSON.stringify(told))
