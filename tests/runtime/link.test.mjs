// node --test: which rung a connection is given. The page's own functions, with what a browser would say put in.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { isSlow, keep, link, measured, ordered, unsure } from '../../docs/widget/link.js'

const RUNGS = ['snapshot', 'bundle', 'stock'].map((name) => ({ name }))
const names = (found) => ordered(RUNGS, { saveData: false, type: '', said: undefined, mbps: undefined, ...found }).map(({ name }) => name).join(' ')
const file = (from, to, bytes, transferSize = bytes + 300) => ({ startTime: from, responseStart: from, responseEnd: to, encodedBodySize: bytes, transferSize })

afterEach(() => { delete globalThis.localStorage })

test('a fast link begins with the snapshot', () => assert.equal(names({ type: '4g', mbps: 50 }), 'snapshot bundle stock'))
test('a slow link begins with the bundle', () => assert.equal(names({ type: '4g', mbps: 9 }), 'bundle snapshot stock'))
test('a link that the browser calls slow is slow', () => {
  for (const type of ['slow-2g', '2g', '3g']) assert.equal(isSlow({ saveData: false, type, said: 10, mbps: 100 }), true)
})
test('whoever saves data is given fewer bytes', () => assert.equal(names({ saveData: true, mbps: 900 }), 'bundle snapshot stock'))
test('of a link of which nothing is known, the best is thought', () => assert.equal(names({}), 'snapshot bundle stock'))

test('what the browser says counts where nothing could be measured', () => {
  assert.equal(names({ type: '4g', said: 1.6 }), 'bundle snapshot stock')
  assert.equal(names({ type: '4g', said: 10 }), 'snapshot bundle stock')
  assert.equal(names({ type: '4g', said: 10, mbps: 1.6 }), 'bundle snapshot stock')
})
test('where nothing could be measured, the rung that came up last time goes first', () => {
  const held = new Map()
  globalThis.localStorage = { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) }
  keep('bundle')
  assert.equal(names({}), 'bundle snapshot stock')
  assert.equal(names({ type: '4g', mbps: 100 }), 'snapshot bundle stock')
})
test('storage that is forbidden is done without', () => {
  globalThis.localStorage = { getItem() { throw new Error('SecurityError') }, setItem() { throw new Error('SecurityError') } }
  keep('bundle')
  assert.equal(names({}), 'snapshot bundle stock')
})
test('what little has come so far does not call a link slow for good', () => {
  const found = { saveData: false, type: '4g', said: undefined, mbps: undefined }
  assert.equal(unsure({ ...found, mbps: 3 }), true)
  assert.equal(unsure({ ...found, said: 1.5 }), true)
  assert.equal(unsure({ ...found, mbps: 30, said: 1.5 }), false)
  assert.equal(unsure({ ...found, said: 10 }), false)
  assert.equal(unsure({ ...found, said: undefined }), true) // Firefox and Safari say nothing, and nothing may have come yet
  assert.equal(unsure({ ...found, mbps: 3, saveData: true }), false)
  assert.equal(unsure({ ...found, mbps: 3, type: '3g' }), false)
})
test('a rung alone stays alone', () => assert.deepEqual(ordered([RUNGS[0]], { saveData: true, type: '', said: 1, mbps: 1 }), [RUNGS[0]]))

test('files that came side by side share the time', () => {
  assert.equal(measured([file(10, 110, 50_000), file(10, 110, 50_000)]), 8)
  assert.equal(measured([file(10, 110, 50_000), file(110, 210, 50_000)]), 4)
  assert.equal(measured(Array.from({ length: 4 }, () => file(10, 110, 12_500))), 4)
  assert.equal(measured([file(10, 110, 50_000), file(60, 160, 15_000), file(160, 360, 15_000)]), 4)
})
test('what came from a cache, or is too little, tells nothing', () => {
  assert.equal(measured([file(10, 11, 500_000, 0)]), undefined)
  assert.equal(measured([file(10, 11, 2_000)]), undefined)
  assert.equal(measured([]), undefined)
})
test('what a browser says of itself is taken where nothing could be measured', () => {
  Object.defineProperty(globalThis, 'navigator', { value: { connection: { saveData: true, effectiveType: '3g', downlink: 0.7 } }, configurable: true })
  assert.deepEqual(link(), { saveData: true, type: '3g', said: 0.7, mbps: undefined })
})
