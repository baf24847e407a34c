/** What the articles say of this case, under the answer that each is about, with our verdict and why. */
import { h, say } from './dom.js'

/** @typedef {import('./assessment.js').Assessment['claims']} Claims */

/**
 * @param {Claims} claims
 * @param {any} words   words.yml
 */
export function said(claims, words) {
  /** @type {Map<string, Claims>} */
  const byAnswer = new Map()
  for (const claim of claims) {
    const title = titleOf(claim.key, words)
    byAnswer.set(title, [...(byAnswer.get(title) ?? []), claim])
  }
  return Array.from(byAnswer, ([title, some]) => [
    h('h4', { class: 'yb-visit' }, title),
    h('ul', {}, ...some.map((claim) => h('li', {},
      claim.says, ' ', h('span', { class: `yb-badge yb-verdict-${claim.verdict}` }, words.verdict[claim.verdict] ?? claim.verdict),
      h('p', { class: 'yb-note' }, say(words.answer.said, { value: claim.text }), claim.note),
    ))),
  ]).flat()
}

/**
 * What the answer is called that a claim is about; one visit's answers go by the name of all.
 * @param {string} key
 * @param {any} words
 */
function titleOf(key, words) {
  const [group, name = group] = key.split('.').filter((part) => !/^\d+$/.test(part))
  return words.groups[group]?.[name] ?? words.answer[name] ?? words.answer.said_otherwise
}
