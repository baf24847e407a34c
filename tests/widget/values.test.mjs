import assert from 'node:assert/strict'
import test from 'node:test'
import { same, textOf, valueOf } from '../../docs/widget/values.js'

const readings = [
  ['date', '2026-03-10', '2026-03-10'],
  ['date', '2026年3月1日', '2026-03-01'],
  ['date', '2026/3/1', '2026-03-01'],
  ['date', '20260301', '2026-03-01'],
  ['date', '明天', '明天'],
  ['date', '2026-13-45', '2026-13-45'],
  ['month', '2025-10', '2025-10'],
  ['month', '2025年10月', '2025-10'],
  ['month', '202510', '2025-10'],
  ['month', '２０２５．１０', '2025-10'],
  ['year', '2025', 2025],
  ['year', '２０２５年', 2025],
  ['count', '3个月', 3],
  ['count', '三', '三'],
  ['count', '-1', '-1'],
  ['count', '1.5', '1.5'],
  ['money', '1,200.50', '1200.50'],
  ['money', '500元', '500'],
  ['money', '-3', '-3'],
  ['money', '1,2', '1,2'],
  ['ratio', '0.85', '0.85'],
  ['flag', 'true', true],
  ['flag', 'false', false],
  ['choice', 'employee', 'employee'],
]
for (const [kind, typed, value] of readings) {
  test(`${kind} typed as ${typed} is ${JSON.stringify(value)}`, () => assert.deepEqual(valueOf(kind, typed), value))
}

test('an empty field says nothing', () => {
  for (const kind of ['date', 'count', 'money', 'flag', 'choice']) assert.equal(valueOf(kind, '  '), undefined)
})

test('what a value is shown as is read back as the same value', () => {
  for (const [kind, value] of [['flag', false], ['count', 0], ['year', 2025], ['money', '0.10'], ['month', '2025-01']]) {
    assert.deepEqual(valueOf(kind, textOf(value)), value)
  }
})

test('a number where a text belongs is not the same', () => {
  assert.ok(!same(500, '500'))
  assert.ok(!same({ a: 1 }, { a: 1, b: undefined }))
  assert.ok(same([{ month: '2025-01', amount: '1.00' }], [{ amount: '1.00', month: '2025-01' }]))
  assert.ok(!same([], {}))
})
