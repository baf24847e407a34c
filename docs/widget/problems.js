/** Messages beside fields. */
import { need } from './dom.js'
import { QUESTION, questionAround } from './fields.js'

/**
 * @param {Element} box a question
 * @returns {HTMLElement | undefined}
 */
const beside = (box) => /** @type {HTMLElement | undefined} */ (Array.from(box.children).find((child) => child.getAttribute('data-yb') === 'problem'))

/**
 * Put a message beside the field that a path names (`treatments.0.kind`), or beside its question, and make sure it can be seen.
 * @param {HTMLFormElement} form
 * @param {string} path
 * @param {string} message
 * @returns {HTMLElement | null} the field to mend; null where the form has none of that name
 */
export function showProblem(form, path, message) {
  const fields = Array.from(form.querySelectorAll(`[name="${CSS.escape(path)}"]`))
  const box = fields[0]?.closest(QUESTION) ?? form.querySelector(`[data-yb-q="${CSS.escape(path.split('.')[0])}"]`)
  const place = box && beside(box)
  if (!box || !place) return null
  place.textContent = message
  place.hidden = false
  const marked = fields.length ? fields : [need(box, 'input, select, button')]
  for (const field of marked) {
    field.setAttribute('aria-invalid', 'true')
    describe(field, place.id, true)
  }
  const around = questionAround(box)
  if (around) around.hidden = false
  box.closest('details')?.setAttribute('open', '')
  return /** @type {HTMLElement} */ (marked[0])
}

/** @param {Element | null} box a question */
export function clearProblem(box) {
  const place = box && beside(box)
  if (!place || place.hidden) return
  place.hidden = true
  place.textContent = ''
  for (const field of box.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
    describe(field, place.id, false)
  }
}

/**
 * @param {Element} field
 * @param {string} id
 * @param {boolean} on
 */
function describe(field, id, on) {
  const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id)
  const ids = on ? [...others, id] : others
  if (ids.length) field.setAttribute('aria-describedby', ids.join(' '))
  else field.removeAttribute('aria-describedby')
}
