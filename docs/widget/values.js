/**
 * What is typed in a field ↔ the contract's value. Only the writing is tidied (full-width digits, 2025年3月, 1,200元); whatever
 * is not understood goes on as it was typed, for the calculator to refuse by name.
 */

/** @param {string} text */
const tidy = (text) => text.normalize('NFKC').trim()

/**
 * @param {string} text
 * @param {number} parts 2 for a month, 3 for a date
 */
function dashed(text, parts) {
  const numbers = text.split(/[-/.年月日\s]+/).filter(Boolean)
  if (numbers.length !== parts || !/^\d{4}$/.test(numbers[0]) || !numbers.slice(1).every((n) => /^\d{1,2}$/.test(n))) return text
  return numbers.map((n) => n.padStart(2, '0')).join('-')
}

/** @type {Record<string, (text: string) => unknown>} */
const READERS = {
  flag: (text) => (text === 'true' ? true : text === 'false' ? false : text),
  count: whole,
  year: whole,
  month: (text) => dashed(text.replace(/^(\d{4})(\d{2})$/, '$1-$2'), 2),
  date: (text) => dashed(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'), 3),
  money: (text) => text.replace(/\s*元$/, '').replace(/^\d{1,3}(,\d{3})+(?=\.|$)/, (grouped) => grouped.replaceAll(',', '')),
}

/** @param {string} text */
function whole(text) {
  const digits = text.replace(/\s*(年|个月|次)$/, '')
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text
}

/**
 * @param {string} kind a kind of calculator/fields.py
 * @param {string} text what the field holds
 * @returns {unknown} undefined where nothing is filled in
 */
export function valueOf(kind, text) {
  const tidied = tidy(text)
  if (tidied === '') return undefined
  return READERS[kind] ? READERS[kind](tidied) : tidied
}

/**
 * The text that a field must hold to mean `value`.
 * @param {unknown} value
 */
export const textOf = (value) => (value === undefined || value === null || typeof value === 'object' ? '' : String(value))

const own = Object.prototype.hasOwnProperty // Object.hasOwn is younger than the views inside apps

/**
 * Whether two JSON values are the same, key order aside.
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other || Array.isArray(one) !== Array.isArray(other)) return false
  const left = /** @type {Record<string, unknown>} */ (one)
  const right = /** @type {Record<string, unknown>} */ (other)
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => own.call(right, key) && same(left[key], right[key]))
}
