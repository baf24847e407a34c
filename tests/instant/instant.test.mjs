// What docs/widget/instant.js does with a table, and what it keeps silent about.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headline } from '../../docs/widget/instant.js'

const TABLE = {
  days: ['2026-01-01', '2027-12-31'],
  day: '{year}/{month}/{day}',
  schemes: ['employee', 'flexible', 'resident'],
  limits: { months: 600, years: 40 },
  sentences: ['unpaid {today}: {low}', 'will {low}', 'did {low}', '{place}: unknown', '{low} to {high}', 'none', 'new'],
  rules: [[0, 1, 2, ['day', 1, 0], ['day', 1, 0]], [3, 3, 3], [0, 4, 4, ['month', 3, 0], ['next', 0, 90]], null, [5, 5, 5], [6, 6, 6], [0, 1, 2, '2027-01-01', '2027-01-01']],
  spans: [[0, 0], [0, 1], [0, 2, 59, 3], [0, 4], [0, 5], [0, 6]],
  rows: [{ months: [0, 3, 1, 0, 4, 1], unknown: null }, { years: [[3], [0], [1, 2, 5]], endless: true, never: 4, unknown: 5 }],
  sheets: {
    'employee same_place': { keys: ['back_paid'], takes: ['last_paid_month'], idle: { previous_scheme: [null, 'resident'] }, rows: { null: 0, true: 0 } },
    'resident same_place': { keys: ['coverage_year'], takes: ['last_covered_year', 'years_repaid', 'previous_scheme'], idle: {}, rows: { 2027: 1 } },
  },
  places: { CN: '全国', 350100: '福州市' },
}
const MONTHLY = { scheme: 'employee', place: '350100', as_of: '2026-06-15', last_paid_month: '2026-03' }
const YEARLY = { scheme: 'resident', place: 'CN', as_of: '2026-06-15', coverage_year: 2027, last_covered_year: 2025 }
const tell = (given, more) => headline(TABLE, { ...given, ...more })

test('a lapse between two lengths has the row of the shorter', () => {
  assert.equal(tell(MONTHLY), 'unpaid 2026/6/15: 2026/7/15')
  assert.equal(tell(MONTHLY, { last_paid_month: '2026-05' }), 'none')
  assert.equal(tell(MONTHLY, { last_paid_month: '2026-01' }), '福州市: unknown')
  assert.equal(tell(MONTHLY, { last_paid_month: '1990-01' }), '福州市: unknown')
})

test('restored is said of a day that has come', () => {
  assert.equal(tell(MONTHLY, { paid_on: '2026-06-10' }), 'will 2026/7/10')
  assert.equal(tell(MONTHLY, { paid_on: '2026-06-10', as_of: '2026-07-09' }), 'will 2026/7/10')
  assert.equal(tell(MONTHLY, { paid_on: '2026-06-10', as_of: '2026-07-10' }), 'did 2026/7/10')
})

test('a month that is too short gives its last day', () => {
  assert.equal(tell(MONTHLY, { paid_on: '2027-01-31', last_paid_month: '2026-10' }), 'will 2027/2/28')
})

test('years lapsed and repaid pick the span, the last for all longer ones', () => {
  assert.equal(tell(YEARLY, { last_covered_year: 2026 }), 'none')
  assert.equal(tell(YEARLY, { paid_on: '2026-06-01' }), 'will 2026/7/1')
  assert.equal(tell(YEARLY, { last_covered_year: 2020 }), '全国: unknown')
  assert.equal(tell(YEARLY, { last_covered_year: 2024, years_repaid: 1, paid_on: '2026-02-01' }), '2026/5/1 to 2026/5/30')
  assert.equal(tell(YEARLY, { last_covered_year: 2024, years_repaid: 2, paid_on: '2026-02-01' }), 'will 2027/1/1')
  assert.equal(tell(YEARLY, { last_covered_year: null }), 'new')
  assert.equal(tell(YEARLY, { last_covered_year: null, previous_scheme: 'employee' }), tell(YEARLY, { last_covered_year: undefined }))
})

test('a key that is null is a key left out', () => {
  assert.equal(tell(MONTHLY, { paid_on: null, back_paid: null, situation: null, previous_scheme: null }), tell(MONTHLY))
})

test('what is left out by the last year covered is not null', () => {
  const { last_covered_year: _, ...unknown } = YEARLY
  assert.equal(headline(TABLE, { ...unknown, paid_on: '2026-06-01' }), 'will 2027/1/1')
})

for (const [why, given, more] of [
  ['a place of another table', MONTHLY, { place: '110000' }],
  ['no place', MONTHLY, { place: undefined }],
  ['a place by a name of every object', MONTHLY, { place: 'constructor' }],
  ['a situation that has no sheet', MONTHLY, { situation: 'transfer' }],
  ['a key it does not know', MONTHLY, { continuous_months: 3 }],
  ['a key it does not know, empty', MONTHLY, { nonsense: null }],
  ['a key of another scheme', MONTHLY, { coverage_year: 2027 }],
  ['an idle key with a wrong value', MONTHLY, { previous_scheme: 'nobody' }],
  ['a value that has no row', MONTHLY, { back_paid: false }],
  ['a value of the wrong type', MONTHLY, { back_paid: 'true' }],
  ['a year as text', YEARLY, { coverage_year: '2027' }],
  ['a year that the table does not hold', YEARLY, { coverage_year: 2030 }],
  ['a day before the table', MONTHLY, { as_of: '2025-12-31', last_paid_month: '2025-10' }],
  ['a payment after the table', MONTHLY, { paid_on: '2028-01-01' }],
  ['a day of the question outside the table', MONTHLY, { as_of: '2028-01-01', paid_on: '2026-06-10' }],
  ['a day that does not exist', MONTHLY, { as_of: '2026-02-30' }],
  ['a day that is no text', MONTHLY, { as_of: 20260615 }],
  ['a month that does not exist', MONTHLY, { last_paid_month: '2026-13' }],
  ['a month not given', MONTHLY, { last_paid_month: null }],
  ['a payment in a month already paid', MONTHLY, { paid_on: '2026-03-10' }],
  ['a lapse longer than all', MONTHLY, { last_paid_month: '1950-01' }],
  ['years that contradict each other', YEARLY, { last_covered_year: 2027 }],
  ['more years repaid than lapsed', YEARLY, { years_repaid: 2 }],
  ['more years repaid than the table holds', YEARLY, { last_covered_year: 2020, years_repaid: 4 }],
  ['half a year', YEARLY, { last_covered_year: 2024.5 }],
  ['repaid by one never insured', YEARLY, { last_covered_year: null, years_repaid: 1 }],
  ['more lapsed years than all', YEARLY, { last_covered_year: 1960 }],
  ['a day that no recipe says', YEARLY, { last_covered_year: 2024, years_repaid: 1, paid_on: '2026-03-01' }],
]) {
  test(`silent: ${why}`, () => assert.equal(tell(given, more), null))
}
