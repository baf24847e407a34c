/**
 * The instant answer: the calculator's headline, looked up before any Python has loaded. The build asked the calculator about the
 * finite part of the question (scripts/instant) and wrote down, for each lapse and each stretch of payment days, its sentences
 * and how their dates follow from the day of payment. Here a row is found and its dates are filled in; nothing is decided. Where
 * the table does not hold the question, whole and as it stands, there is no instant answer.
 *
 * @typedef {[anchor: 'day' | 'month' | 'next', months: number, days: number]} Steps   from the day of payment, the first of its
 *   month or of the next: so many months on, then so many days
 * @typedef {Steps | string} Recipe   or one day of the calendar
 * @typedef {[unpaid: number, coming: number, done: number, low?: Recipe | null, high?: Recipe | null]} Rule   three sentences
 * @typedef {{months: number[], unknown: number | null}} MonthRow   months: length and span, alternately, ascending
 * @typedef {{years: number[][], endless: boolean, never: number, unknown: number}} YearRow   years: a span for each, by years repaid
 * @typedef {object} Sheet
 * @property {string[]} keys   what of the Case picks the row
 * @property {string[]} takes   what of the Case is counted with
 * @property {Record<string, unknown[]>} idle   what may stand there without effect, and the values it may have
 * @property {Record<string, number>} rows
 *
 * @typedef {object} Table
 * @property {[string, string]} days   first and last day of payment that it holds
 * @property {string} day   how a day is written
 * @property {string[]} schemes   all there are
 * @property {{months: number, years: number}} limits   the longest lapses it holds
 * @property {string[]} sentences
 * @property {(Rule | null)[]} rules   null: no recipe says it
 * @property {number[][]} spans   day (counted from the first) and rule, alternately, ascending
 * @property {(MonthRow | YearRow)[]} rows
 * @property {Record<string, Sheet>} sheets   by scheme and situation
 * @property {Record<string, string>} places   names, by code
 *
 * @typedef {Record<string, unknown>} Case
 */

const DAY_MS = 86_400_000
const ALWAYS = ['scheme', 'place', 'as_of', 'situation', 'paid_on']

/**
 * @param {Table} table   of the Case's place
 * @param {Case} given   a Case as in the contract
 * @returns {string | null} the very headline of the full answer, or null
 */
export function headline(table, given) {
  const name = own(table.places, given.place)
  const sheet = own(table.sheets, `${given.scheme} ${given.situation ?? 'same_place'}`)
  if (!name || !sheet || !understood(given, sheet)) return null
  const asOf = dayOf(given.as_of)
  const paid = dayOf(given.paid_on ?? given.as_of)
  const [first, last] = table.days.map(dayOf)
  if (![asOf, paid].every((day) => first <= day && day <= last)) return null
  const row = table.rows[own(sheet.rows, sheet.keys.map((key) => JSON.stringify(given[key] ?? null)).join(' ')) ?? -1]
  const span = row && ('months' in row ? byMonths(row, given, paid, table) : byYears(row, given, table))
  const rule = table.rules[lastOf(table.spans[span ?? -1] ?? [], paid - first) ?? -1]
  return rule ? told(table, rule, { asOf, paid, open: (given.paid_on ?? null) === null, place: name }) : null
}

/**
 * Whether nothing stands there but what the sheet knows of.
 * @param {Case} given
 * @param {Sheet} sheet
 */
function understood(given, { keys, takes, idle }) {
  const known = [...ALWAYS, ...keys, ...takes]
  return Object.entries(given).every(([key, value]) => known.includes(key) || own(idle, key)?.includes(value))
}

/**
 * The span for a lapse counted in whole months.
 * @param {MonthRow} row
 * @param {Case} given
 * @param {number} paid
 * @param {Table} table
 */
function byMonths(row, given, paid, { limits }) {
  if (!agree(given)) return undefined
  const until = given.last_paid_month ?? null
  if (until === null) return row.unknown ?? undefined
  const between = monthOf(new Date(paid * DAY_MS).toISOString().slice(0, 7)) - monthOf(until) - 1
  if (!(between <= limits.months) || (between < 0 && (given.paid_on ?? null) !== null)) return undefined
  return lastOf(row.months, Math.max(0, between))
}

/**
 * The span for a lapse counted in insured years.
 * @param {YearRow} row
 * @param {Case} given
 * @param {Table} table
 */
function byYears(row, given, { limits, schemes }) {
  const repaid = Number(given.years_repaid ?? 0)
  const before = given.previous_scheme ?? null
  if (!agree(given) || (before !== null && !schemes.includes(String(before)))) return undefined
  if (given.last_covered_year === null && before === null) return row.never
  if ((given.last_covered_year ?? null) === null) return repaid === 0 ? row.unknown : undefined
  const between = Number(given.coverage_year) - Number(given.last_covered_year) - 1
  const spans = between < row.years.length || (row.endless && between <= limits.years) ? row.years[Math.min(between, row.years.length - 1)] : []
  return spans.length === 1 ? spans[0] : spans[repaid]
}

/**
 * Whether the years fit together; what does not is for the calculator to refuse.
 * @param {Case} given
 */
function agree(given) {
  const repaid = given.years_repaid ?? 0
  const covered = given.last_covered_year
  if (!Number.isInteger(repaid) || Number(repaid) < 0) return false
  if (covered === null) return repaid === 0
  return covered === undefined || (Number.isInteger(covered) && Number(repaid) < Number(given.coverage_year) - Number(covered))
}

/**
 * @param {Table} table
 * @param {Rule} rule
 * @param {{asOf: number, paid: number, open: boolean, place: string}} asked
 */
function told(table, [unpaid, coming, done, low, high], { asOf, paid, open, place }) {
  const first = low ? applied(low, paid) : NaN
  const latest = high ? applied(high, paid) : first
  const written = (/** @type {number} */ day) => filled(table.day, numbersOf(day))
  const holes = { place, today: written(asOf), low: written(first), high: written(latest) }
  return filled(table.sentences[open ? unpaid : asOf >= latest ? done : coming], holes)
}

/**
 * @param {Recipe} recipe
 * @param {number} paid
 */
function applied(recipe, paid) {
  if (typeof recipe === 'string') return dayOf(recipe)
  const [anchor, months, days] = recipe
  const date = new Date(paid * DAY_MS)
  const month = date.getUTCMonth() + months + (anchor === 'next' ? 1 : 0)
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = anchor === 'day' ? Math.min(date.getUTCDate(), lastOfMonth) : 1
  return Date.UTC(date.getUTCFullYear(), month, day) / DAY_MS + days
}

/**
 * An ISO date as days since 1970; NaN for anything else.
 * @param {unknown} text
 */
function dayOf(text) {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return NaN
  const [year, month, day] = text.split('-').map(Number)
  const time = Date.UTC(year, month - 1, day)
  return new Date(time).toISOString().startsWith(text) ? time / DAY_MS : NaN
}

/**
 * A month as months since the year 0; NaN for what is none.
 * @param {unknown} text
 */
function monthOf(text) {
  return typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) : NaN
}

/**
 * @param {number} day
 * @returns {Record<string, number>}
 */
function numbersOf(day) {
  if (Number.isNaN(day)) return {}
  const date = new Date(day * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/**
 * @param {string} sentence   with holes, `{low}`
 * @param {Record<string, string | number>} holes
 */
const filled = (sentence, holes) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(holes[name]))

/**
 * Of pairs laid out flat, ascending by their first: the second of the last pair whose first is not above the limit.
 * @param {number[]} pairs
 * @param {number} limit
 */
function lastOf(pairs, limit) {
  let found
  for (let at = 0; at < pairs.length && pairs[at] <= limit; at += 2) found = pairs[at + 1]
  return found
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {unknown} key
 * @returns {T | undefined}
 */
const own = (record, key) => (typeof key === 'string' && Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined)
