/** A question that takes a list: rows made from its template, named `treatments.0.kind` and so on. */
import { need, part, say } from './dom.js'
import { fieldsIn, set } from './fields.js'
import { textOf } from './values.js'

const MOST_ROWS = 600 // a link may ask for more; it is then refused by the calculator, not drawn
let serial = 0

/** @param {Element} box */
export const rowsIn = (box) => /** @type {HTMLElement[]} */ (Array.from(box.querySelectorAll('[data-yb="item"]')))

/**
 * @param {Element} row
 * @param {string} key
 */
const fieldOf = (row, key) => fieldsIn(row).find((field) => field.name.endsWith(`.${key}`))

/**
 * What the rows hold, as typed.
 * @param {Element} box
 * @param {string[]} keys
 */
export const textsIn = (box, keys) => rowsIn(box).map((row) => Object.fromEntries(keys.map((key) => [key, fieldOf(row, key)?.value ?? ''])))

/**
 * @param {HTMLElement} box
 * @param {unknown} list
 */
export function fillRows(box, list) {
  if (!Array.isArray(list) || list.length > MOST_ROWS) return
  for (const entry of list) {
    const row = addRow(box)
    if (entry !== null && typeof entry === 'object') for (const [key, value] of Object.entries(entry)) set(fieldOf(row, key), textOf(value))
  }
}

/** @param {HTMLElement} box */
export function addRow(box) {
  const template = /** @type {HTMLTemplateElement} */ (box.querySelector('template'))
  const row = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true))
  const own = String(++serial)
  for (const element of row.querySelectorAll('*')) {
    for (const attribute of ['id', 'for', 'aria-describedby']) {
      const value = element.getAttribute(attribute)
      if (value) element.setAttribute(attribute, value.replaceAll('*', own))
    }
  }
  part(box, 'rows').append(row)
  number(box)
  return row
}

/**
 * @param {HTMLElement} box
 * @param {Element} row
 */
export function removeRow(box, row) {
  row.remove()
  number(box)
  part(box, 'add').focus()
}

/** @param {HTMLElement} box */
function number(box) {
  rowsIn(box).forEach((row, index) => {
    const title = need(row, '[data-yb-row]')
    title.textContent = say(title.dataset.ybRow ?? '', { n: String(index + 1) })
    for (const field of fieldsIn(row)) field.name = `${box.dataset.ybQ}.${index}.${field.name.slice(field.name.lastIndexOf('.') + 1)}`
  })
}
