import assert from 'node:assert/strict'
import test from 'node:test'
import { caseIn, hashOf, todayInChina } from '../../docs/widget/fragment.js'

const given = { scheme: 'resident', place: '350100', coverage_year: 2026, last_covered_year: null, treatments: [{ amount: '1.00' }] }

test('a Case survives the way into the address and back', () => assert.deepEqual(caseIn(hashOf(given)), given))

test('an address without a Case is not a broken one', () => {
  for (const hash of ['', '#', '#yb-core', '#case', '?case=%7B%7D']) assert.equal(caseIn(hash), undefined)
})

const broken = {
  'empty': '#case=',
  'cut short': hashOf(given).slice(0, -9),
  'half a percent sign': '#case=%7B%2',
  'a list': '#case=[]',
  'a text': '#case="x"',
  'null': '#case=null',
  'a script': '#case=<script>alert(1)</script>',
  'a megabyte': `#case=${encodeURIComponent(JSON.stringify({ scheme: 'x'.repeat(1_000_000) }))}`,
  'nested too deep': `#case={"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
}
for (const [what, hash] of Object.entries(broken)) {
  test(`a link that holds ${what} cannot be read`, () => assert.equal(caseIn(hash), null))
}

test('a link cannot reach behind plain objects', () => {
  const found = caseIn('#case={"__proto__":{"scheme":"employee"},"constructor":1}')
  assert.equal(found.scheme, undefined)
  assert.equal({}.scheme, undefined)
})

test('today is the day in China, not the reader\'s', () => {
  assert.equal(todayInChina(new Date('2026-11-21T15:59:59Z')), '2026-11-21')
  assert.equal(todayInChina(new Date('2026-11-21T16:00:00Z')), '2026-11-22')
})
