/** What the articles say of this case: folded by the answer that each is about, those that we contradict first. */
import { h, say } from './dom.js'

/** @typedef {import('./assessment.js').Assessment['claims']} Claims */

const WORST_FIRST = ['wrong', 'outdated', 'local_only', 'unverifiable', 'holds']
const AGREES = WORST_FIRST.length - 1

/**
 * @param {Claims} claims
 * @param {any} words   words.yml
 */
export function said(claims, words) {
  /** @type {Map<string, Claims>} */
  const topics = new Map()
  for (const claim of [...claims].sort((one, other) => rank(one) - rank(other))) { // sorted first: a topic stands where its worst claim does
    const title = titleOf(claim.key, words)
    topics.set(title, [...(topics.get(title) ?? []), claim])
  }
  return Array.from(topics, ([title, some]) => {
    const against = some.filter((claim) => rank(claim) < AGREES).length
    const pattern = against ? words.answer.said_against : words.answer.said_of
    return h('details', { class: 'yb-others' },
      h('summary', {}, say(pattern, { title, n: String(some.length), against: String(against) })),
      h('ul', {}, ...some.map((claim) => entry(claim, words))))
  })
}

/**
 * @param {Claims[number]} claim
 * @param {any} words
 */
const entry = (claim, words) => h('li', {},
  claim.says, ' ', h('span', { class: `yb-badge yb-verdict-${claim.verdict}` }, words.verdict[claim.verdict] ?? claim.verdict),
  h('p', { class: 'yb-note' }, say(words.answer.said, { value: claim.text }), claim.note))

/** How far we contradict it, 0 most; a verdict that is not known stands first. @param {Claims[number]} claim */
const rank = ({ verdict }) => WORST_FIRST.indexOf(verdict)

/**
 * What the answer is called that a claim is about; one visit's answers go by the name of all.
 * @param {string} key
 * @param {any} words
 */
function titleOf(key, words) {
  const [group, name = group] = key.split('.').filter((part) => !/^\d+$/.test(part))
  return words.groups[group]?.[name] ?? words.answer[name] ?? words.answer.said_otherwise
}
