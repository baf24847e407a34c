/** Where to pay and where to look, one list for each thing that people go somewhere for. */
import { h, say } from './dom.js'

/**
 * @param {import('./assessment.js').Assessment['where']} where
 * @param {any} words   words.yml
 */
export function places(where, words) {
  return where.map(({ title, channels }) => [
    h('h4', { class: 'yb-visit' }, title),
    h('ul', {}, ...channels.map((channel) => h('li', {}, named(channel),
      channel.everywhere ? '' : h('span', { class: 'yb-badge' }, words.answer.not_everywhere),
      ...channel.how.map((sentence) => h('p', { class: 'yb-note' }, sentence)),
    ))),
  ]).flat()

  /** @param {{name: string, reach: string | null}} channel */
  function named({ name, reach }) {
    return reach && !name.includes(reach) ? say(words.answer.reach, { name, reach }) : name
  }
}
