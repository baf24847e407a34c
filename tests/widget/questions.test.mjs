import assert from 'node:assert/strict'
import test from 'node:test'
import { asked, caseOf, missing } from '../../docs/widget/questions.js'

const EVERYONE = ['employee', 'flexible', 'resident']
const question = (name, kind, more = {}) => ({ name, kind, schemes: EVERYONE, required: [], onlyIf: {}, unless: {}, ...more })
const questions = [
  question('scheme', 'choice', { required: EVERYONE }),
  question('situation', 'choice'),
  question('exempt_group', 'group', { schemes: ['resident'] }),
  question('previous_scheme', 'choice', { onlyIf: { all: { situation: ['scheme_switch'] } } }),
  question('last_paid_month', 'month', {
    onlyIf: { resident: [{ situation: ['scheme_switch'] }, { exempt_group: ['left_employee'] }] },
    unless: { all: { situation: ['first_enrolment'] } },
  }),
  question('coverage_year', 'year', { schemes: ['resident'], required: ['resident'] }),
  question('last_covered_year', 'year', { schemes: ['resident'] }),
  question('back_paid', 'flag', { schemes: ['employee', 'flexible'] }),
  question('missed', 'list', { schemes: ['employee', 'flexible'] }),
]
const items = { missed: [question('month', 'month'), question('amount', 'money')] }
const made = (answers, kept) => caseOf(questions, items, answers, asked(questions, answers, kept))

test('before a scheme is chosen only what concerns everyone is asked', () => {
  assert.deepEqual(asked(questions, {}), ['scheme', 'situation'])
})

test('an employee is not asked about insured years', () => {
  assert.deepEqual(asked(questions, { scheme: 'employee' }), ['scheme', 'situation', 'last_paid_month', 'back_paid', 'missed'])
})

test('who enrols for the first time is not asked for the last month', () => {
  assert.ok(!asked(questions, { scheme: 'employee', situation: 'first_enrolment' }).includes('last_paid_month'))
})

test('a resident is asked for the last month only after an employee scheme', () => {
  assert.ok(!asked(questions, { scheme: 'resident' }).includes('last_paid_month'))
  assert.ok(asked(questions, { scheme: 'resident', situation: 'scheme_switch' }).includes('last_paid_month'))
  assert.ok(asked(questions, { scheme: 'resident', exempt_group: 'left_employee' }).includes('last_paid_month'))
})

test('an answer to a question that is no longer asked opens no other', () => {
  const left = { scheme: 'employee', situation: 'same_place', exempt_group: 'left_employee', previous_scheme: 'resident' }
  assert.ok(!asked(questions, left).includes('previous_scheme'))
  assert.ok(!('exempt_group' in made(left)))
})

test('what is not asked is not in the Case', () => {
  assert.deepEqual(made({ scheme: 'resident', coverage_year: '2026', back_paid: 'true' }), { scheme: 'resident', coverage_year: 2026 })
})

test('what a link filled in is asked whatever the scheme, so that the calculator can refuse it beside the field', () => {
  const answers = { scheme: 'employee', coverage_year: '2026' }
  assert.equal(made(answers, new Set(['coverage_year'])).coverage_year, 2026)
})

test('never insured is null, not known is left out', () => {
  assert.deepEqual(made({ scheme: 'resident', last_covered_year: null }), { scheme: 'resident', last_covered_year: null })
  assert.deepEqual(made({ scheme: 'resident', last_covered_year: '' }), { scheme: 'resident' })
})

test('rows become a list, and no rows nothing', () => {
  const rows = [{ month: '2025-01', amount: '600' }, { month: '', amount: '' }]
  assert.deepEqual(made({ scheme: 'employee', missed: rows }).missed, [{ month: '2025-01', amount: '600' }, {}])
  assert.ok(!('missed' in made({ scheme: 'employee', missed: [] })))
})

test('the first question that must be answered is named', () => {
  const next = (answers) => missing(questions, made(answers), asked(questions, answers))?.name
  assert.equal(next({}), 'scheme')
  assert.equal(next({ scheme: 'resident' }), 'coverage_year')
  assert.equal(next({ scheme: 'employee' }), undefined)
})
