/**
 * Which questions are asked, and the Case that their answers make. No page here: plain values in, plain values out.
 *
 * @typedef {Record<string, string[]>} Terms   every named question's answer is one of these ('' = not answered)
 * @typedef {Terms | Terms[]} Condition   of several, any one
 * @typedef {object} Question
 * @property {string} name
 * @property {string} kind
 * @property {string[]} schemes   who is asked; empty for an item of a list
 * @property {string[]} required   who must answer
 * @property {Record<string, Condition>} onlyIf   by scheme, or `all`
 * @property {Record<string, Condition>} unless
 *
 * @typedef {string | null | Record<string, string>[]} Given   text as typed; null = the choice "none"; the rows of a list
 * @typedef {Record<string, Given>} Answers   by question; one that was not answered is left out or ''
 */
import { valueOf } from './values.js'

/**
 * @param {Condition | undefined} condition
 * @param {Answers} answers
 */
const holds = (condition, answers) => [condition ?? []].flat().some((terms) => Object.entries(terms).every(([name, among]) => among.includes(String(answers[name] ?? ''))))

/**
 * The names of the questions to ask. A question may depend on one before it; one that is not asked counts as not answered.
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {ReadonlySet<string>} kept names that are asked whatever else (a link has filled them in)
 */
export function asked(questions, answers, kept = new Set()) {
  const scheme = String(answers.scheme ?? '')
  /** @type {Answers} */
  const heard = {}
  /** @type {string[]} */
  const names = []
  for (const question of questions) {
    if (!kept.has(question.name) && !isAsked(question, scheme, heard, questions)) continue
    names.push(question.name)
    heard[question.name] = answers[question.name] ?? ''
  }
  return names
}

/**
 * @param {Question} question
 * @param {string} scheme
 * @param {Answers} heard
 * @param {Question[]} questions
 */
function isAsked(question, scheme, heard, questions) {
  const everyone = questions.find(({ name }) => name === 'scheme')?.schemes ?? []
  if (scheme ? !question.schemes.includes(scheme) : everyone.some((one) => !question.schemes.includes(one))) return false
  const only = question.onlyIf[scheme] ?? question.onlyIf.all
  const unless = question.unless[scheme] ?? question.unless.all
  return (!only || holds(only, heard)) && !holds(unless, heard) && (scheme !== '' || Object.keys(question.onlyIf).length === 0)
}

/**
 * @param {Question[]} questions
 * @param {Record<string, Question[]>} items   of the lists
 * @param {Answers} answers
 * @param {string[]} names   of the questions that are asked
 * @returns {Record<string, unknown>} the Case; what is not known is left out
 */
export function caseOf(questions, items, answers, names) {
  /** @type {Record<string, unknown>} */
  const made = {}
  for (const { name, kind } of questions) {
    const given = answers[name]
    if (!names.includes(name) || given === undefined) continue
    const value = given === null ? null : typeof given === 'string' ? valueOf(kind, given) : rowsOf(items[name], given)
    if (value !== undefined) made[name] = value
  }
  return made
}

/**
 * @param {Question[]} items
 * @param {Record<string, string>[]} rows
 */
function rowsOf(items, rows) {
  const made = rows.map((row) => {
    const entries = items.map(({ name, kind }) => [name, valueOf(kind, row[name] ?? '')])
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  })
  return made.length ? made : undefined
}

/**
 * The first question that must be answered and is not.
 * @param {Question[]} questions
 * @param {Record<string, unknown>} made
 * @param {string[]} names
 */
export function missing(questions, made, names) {
  const scheme = String(made.scheme ?? '')
  return questions.find(({ name, required }) => names.includes(name) && !(name in made) && (scheme ? required.includes(scheme) : required.length > 0))
}
