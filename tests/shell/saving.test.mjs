// The service worker where the reader asks for few bytes: docs/hosted/sw.js in a world without a net, whose every fetch is written down.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createHash, webcrypto } from 'node:crypto'
import vm from 'node:vm'

const CODE = readFileSync(fileURLToPath(new URL('../../docs/hosted/sw.js', import.meta.url)), 'utf8')
const FILES = { 'offline.html': 'no net', 'index.html': 'home', 'assets/site.0123456789ab.css': 'style' }
const BUILD = {
  id: 'this', files: Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, createHash('sha256').update(text).digest('hex').slice(0, 16)])),
  pages: { 'offline.html': 0, 'index.html': 1 }, needs: [[], ['assets/site.0123456789ab.css']], rungs: {},
}
const ROOT = 'https://host.example/x/'

/** A worker that has just been written. served: what a fetch gives, by address. */
function world({ saveData, served }) {
  const listeners = {}
  const kept = new Map()
  const asked = []
  const at = (address) => new URL(address, ROOT).href
  const box = (name) => {
    if (!kept.has(name)) kept.set(name, new Map())
    const held = kept.get(name)
    return {
      match: async (address) => held.get(at(address))?.clone(),
      put: async (address, response) => void held.set(at(address), response),
      keys: async () => [...held.keys()].map((url) => ({ url })),
    }
  }
  const self = { addEventListener: (name, heard) => { listeners[name] = heard }, registration: { update: async () => void asked.push(['sw.js', 'update']) }, skipWaiting: async () => {}, clients: { matchAll: async () => [1, 2].map(() => ({ url: ROOT })) } }
  const context = vm.createContext({
    self, location: new URL(`${ROOT}sw.js`), navigator: { connection: { saveData } }, crypto: webcrypto, URL, Response, Headers, Promise, setTimeout: (go) => setTimeout(go), Reflect, Uint8Array, Array,
    caches: { open: async (name) => box(name), has: async (name) => kept.has(name), keys: async () => [...kept.keys()], delete: async (name) => kept.delete(name) },
    fetch: async (address, { cache }) => {
      asked.push([new URL(at(address)).pathname, cache])
      const text = served[new URL(at(address)).pathname]
      if (text === undefined || (cache === 'only-if-cached' && !served.held?.includes(new URL(at(address)).pathname))) throw new TypeError('failed')
      return new Response(text)
    },
  })
  vm.runInContext(CODE.replace(`'{"build": "goes here"}'`, () => JSON.stringify(JSON.stringify(BUILD))), context)
  const tell = async (name, event = {}) => {
    let work
    listeners[name]({ ...event, waitUntil: (promise) => { work = promise } })
    return work
  }
  return { tell, asked, kept: () => [...(kept.get('yibao /x/ this') ?? new Map()).keys()].map((url) => new URL(url).pathname).sort() }
}

const SERVED = { '/x/offline.html': 'no net', '/x/': 'home', '/x/assets/site.0123456789ab.css': 'style' }
const HERE = { data: { page: ROOT, loaded: [`${ROOT}assets/site.0123456789ab.css`] } }

test('with few bytes asked for, only what the browser holds anyway is kept', async () => {
  const there = world({ saveData: true, served: { ...SERVED, held: ['/x/', '/x/assets/site.0123456789ab.css'] } })
  await there.tell('install')
  assert.deepEqual(there.asked, [['/x/offline.html', 'force-cache']])
  await there.tell('message', HERE)
  assert.deepEqual(there.asked.slice(1).map(([, how]) => how), ['only-if-cached', 'only-if-cached'])
  assert.deepEqual(there.kept(), ['/x/', '/x/assets/site.0123456789ab.css', '/x/offline.html'])
})

test('what it does not hold is not fetched, and the page is not kept in part', async () => {
  const there = world({ saveData: true, served: { ...SERVED, held: ['/x/'] } })
  await there.tell('install')
  await assert.rejects(there.tell('message', HERE))
  assert.ok(there.asked.slice(1).every(([, how]) => how === 'only-if-cached'))
  assert.deepEqual(there.kept(), ['/x/offline.html'])
})

test('else a file that is not what was built is asked for once more, past the browser’s own cache, and then given up', async () => {
  const there = world({ saveData: false, served: { ...SERVED, '/x/assets/site.0123456789ab.css': 'sty' } })
  await there.tell('install')
  await assert.rejects(there.tell('message', HERE), /not as it was built/)
  assert.deepEqual(there.asked.slice(1), [['/x/assets/site.0123456789ab.css', 'force-cache'], ['/x/assets/site.0123456789ab.css', 'reload']])
  assert.deepEqual(there.kept(), ['/x/offline.html'])
})

test('a page of another build is not kept, and its own worker is looked for', async () => {
  const there = world({ saveData: false, served: SERVED })
  await there.tell('install')
  await there.tell('message', { data: { page: ROOT, loaded: [`${ROOT}assets/site.ba9876543210.css`] } })
  assert.deepEqual(there.asked.slice(1), [['sw.js', 'update']])
  assert.deepEqual(there.kept(), ['/x/offline.html'])
})
