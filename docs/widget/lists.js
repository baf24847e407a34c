/** Sentences as a list, answers as a table: each once, for every part of the answer. */
import { h } from './dom.js'

/** @param {string[]} sentences */
export const list = (sentences) => h('ul', {}, ...sentences.map((sentence) => h('li', {}, sentence)))

/**
 * @param {string[]} heads
 * @param {Node[][]} rows
 * @param {string} [more] a further class
 */
export function table(heads, rows, more = '') {
  const head = h('tr', { role: 'row' }, ...heads.map((title) => h('th', { scope: 'col', role: 'columnheader' }, title)))
  const body = h('tbody', { role: 'rowgroup' }, ...rows.map((row) => h('tr', { role: 'row' }, row))) // said again, since on phones the styles undo it
  return h('div', { class: 'yb-scroll', tabindex: '0' }, h('table', { class: `yb-table ${more}`.trim(), role: 'table' }, h('thead', { role: 'rowgroup' }, head), body))
}

/**
 * Each warning with its first sentence on a line of its own, so that a long one is read in pieces.
 * @param {string[]} warnings
 */
export const warned = (warnings) => h('ul', {}, ...warnings.map((warning) => {
  const [first, ...more] = warning.match(/[^。]+。?/g) ?? [warning]
  return h('li', {}, first, more.length ? h('span', { class: 'yb-note' }, ...more) : null)
}))
