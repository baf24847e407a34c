/**
 * What became of the calculator's program on this device, for whoever reports a fault: rung, times, bytes, falls, connection and
 * browser, as text that can be copied. Nothing of what was typed is in it, and nothing is sent anywhere.
 */
import { h, say } from './dom.js'

/** @typedef {{rung: string, step: string, at: number}} Passed   at: ms after the ladder began */
/** @typedef {import('./link.js').Link} Link */

/**
 * @typedef {object} Report
 * @property {string} state
 * @property {string} rung the one in use
 * @property {number | undefined} ready ms from the ladder's beginning until it answered
 * @property {Passed[]} passed
 * @property {{files: number, wire: number}} bytes unpacked, and as they came
 * @property {import('./protocol.js').Fall[]} falls
 * @property {Link} link
 */

/**
 * A closed panel that is filled when it is opened.
 * @param {EventTarget & {report: Report}} ladder
 * @param {Record<string, string>} words
 */
export function panel(ladder, words) {
  const text = h('pre', { class: 'yb-run' })
  const told = h('span', { role: 'status' })
  const copy = h('button', { type: 'button', class: 'yb-button yb-quiet' }, words.copy)
  const box = h('details', { class: 'yb-diagnostics', 'data-yb': 'diagnostics' }, h('summary', {}, words.title), text, copy, told)
  const fill = () => { text.textContent = lines(ladder.report, words).join('\n') }
  box.addEventListener('toggle', fill)
  for (const what of ['progress', 'ready', 'failed']) ladder.addEventListener(what, () => box.hasAttribute('open') && fill())
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent ?? '')
      told.textContent = words.copied
    } catch {
      getSelection()?.selectAllChildren(text)
      told.textContent = words.by_hand
    }
  })
  return box
}

/**
 * @param {Report} report
 * @param {Record<string, string>} words
 * @returns {string[]}
 */
export function lines({ state, rung, ready, passed, bytes, falls, link }, words) {
  const mb = (/** @type {number} */ count) => (count / 1e6).toFixed(2)
  return [
    ready === undefined ? say(words.not_ready, { state }) : say(words.ready, { rung, ms: String(ready) }),
    ...passed.map(({ rung, step, at }) => `  ${rung} · ${step} · ${at} ms`),
    say(words.bytes, { files: mb(bytes.files), wire: bytes.wire ? mb(bytes.wire) : '?' }),
    ...falls.map(({ rung, step, reason }) => say(words.fall, { rung, step, reason })),
    say(words.link, { type: link.type || '?', mbps: (link.mbps ?? link.said)?.toFixed(1) ?? '?', save: link.saveData ? words.saving : words.not_saving }),
    navigator.userAgent,
  ]
}
