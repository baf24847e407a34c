// node --test: what is checked of a file, and when it need not be. Responses are made up; nothing is fetched.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'

globalThis.self = { name: '' }
const { Download } = await import('../../docs/widget/download.js')

const RIGHT = new TextEncoder().encode('what was published')
const OTHER = new TextEncoder().encode('what was PUBLISHED')
const sha = createHash('sha256').update(RIGHT).digest('hex')
const part = { url: 'https://site.test/file', size: RIGHT.length, sha }

/** What comes of a file that is answered so: its text, or why it is not taken. */
async function had(bytes, headers, way = 'bytes') {
  globalThis.fetch = async () => new Response(bytes, { headers })
  const download = new Download('default', () => {})
  download.expect([part])
  try {
    const came = way === 'bytes' ? await download.bytes(part) : await (await download.streamed(part, 'application/wasm')).arrayBuffer()
    await download.checked()
    assert.equal(download.done, part.size)
    return new TextDecoder().decode(came)
  } catch (error) {
    return String(error)
  }
}

for (const way of ['bytes', 'streamed']) {
  test(`${way}: a file from the net is computed the hash of`, async () => {
    assert.equal(await had(RIGHT, {}, way), 'what was published')
    assert.match(await had(OTHER, {}, way), /SHA-256/)
  })
  test(`${way}: one that the service worker checked when it kept it is taken at its word`, async () => {
    assert.equal(await had(OTHER, { 'x-yibao-checked': sha.slice(0, 16) }, way), 'what was PUBLISHED')
  })
  test(`${way}: a word about another file, or too short a one, counts for nothing`, async () => {
    for (const word of ['0123456789abcdef', sha.slice(0, 15), '', 'true']) assert.match(await had(OTHER, { 'x-yibao-checked': word }, way), /SHA-256/)
  })
}
test('a kept file of another length is not taken', async () => {
  assert.match(await had(RIGHT.slice(1), { 'x-yibao-checked': sha.slice(0, 16) }), /17 bytes, expected 18/)
})
