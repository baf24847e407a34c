/** The fields of one question: finding, setting and resting them. A question is an element with `data-yb-q`. */

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

export const QUESTION = '[data-yb-q]'

/**
 * All named fields within.
 * @param {Element} box
 */
export const fieldsIn = (box) => /** @type {Field[]} */ (Array.from(box.querySelectorAll('[name]')))

/**
 * The question that an element belongs to; for one in a list's row, the list.
 * @param {Element} element
 */
export function questionAround(element) {
  const nearest = element.closest(QUESTION)
  return /** @type {HTMLElement | null} */ (nearest?.parentElement?.closest(QUESTION) ?? nearest)
}

/**
 * What a question without rows holds; null where "none" is ticked.
 * @param {Element} box
 */
export function textIn(box) {
  if (isTicked(box, 'none')) return null
  return fieldsIn(box).find((field) => !(field instanceof HTMLInputElement && field.type === 'radio') || field.checked)?.value ?? ''
}

/**
 * @param {Field | undefined} field
 * @param {string} text
 */
export function set(field, text) {
  if (!field) return
  if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = text !== '' && field.value === text
  else field.value = text
}

/** @typedef {'none' | 'unknown'} Tick */

/**
 * @param {Element} box
 * @param {Tick} name
 */
const tickOf = (box, name) => /** @type {HTMLInputElement | null} */ (box.querySelector(`input[type="checkbox"][data-yb="${name}"]`))

/**
 * @param {Element} box
 * @param {Tick} name
 */
export const isTicked = (box, name) => tickOf(box, name)?.checked ?? false

/**
 * @param {Element} box
 * @param {Tick} name
 * @returns {boolean} whether the question has such a box
 */
export function tick(box, name) {
  const found = tickOf(box, name)
  if (found) found.checked = true
  if (found) settleTicks(found)
  return found !== null
}

/**
 * "Not known" and "never" exclude each other, and the field beside them rests while one is ticked; its text comes back after.
 * @param {HTMLInputElement} changed one of the boxes
 */
export function settleTicks(changed) {
  const question = changed.closest(QUESTION)
  const boxes = /** @type {HTMLInputElement[]} */ (Array.from(question?.querySelectorAll('input[type="checkbox"]') ?? []))
  if (changed.checked) for (const other of boxes) other.checked = other === changed
  const field = /** @type {HTMLInputElement | null} */ (question?.querySelector('input[name]') ?? null)
  const rest = boxes.some((box) => box.checked)
  if (!field || field.disabled === rest) return
  if (rest) field.dataset.ybBefore = field.value
  field.value = rest ? '' : field.value || (field.dataset.ybBefore ?? '')
  field.disabled = rest
}

/**
 * After a reset: no box is ticked, no field rests.
 * @param {Element} box
 */
export function wake(box) {
  for (const field of box.querySelectorAll('input[name]:disabled')) {
    const input = /** @type {HTMLInputElement} */ (field)
    delete input.dataset.ybBefore
    input.disabled = false
  }
}

/**
 * Whether the reader has said "not known" here.
 * @param {Element} box
 */
export function isUnknown(box) {
  const chosen = box.querySelector('input[type="radio"]:checked')
  return isTicked(box, 'unknown') || (chosen instanceof HTMLInputElement && chosen.value === '')
}

/**
 * Choices that are for some schemes only are offered to those alone; before a scheme is chosen, to everyone. One that is chosen
 * stays in sight, for a link may have chosen it.
 * @param {Element} box
 * @param {string} scheme
 */
export function offer(box, scheme) {
  for (const choice of partial(box)) {
    const fits = scheme === '' || choice.selected || isFor(choice, scheme)
    choice.hidden = !fits
    choice.disabled = !fits
  }
}

/**
 * After another scheme is chosen: a choice that is not for it is given up.
 * @param {Element} box
 * @param {string} scheme
 */
export function giveUp(box, scheme) {
  for (const choice of partial(box)) {
    const list = choice.closest('select')
    if (list && choice.selected && !isFor(choice, scheme)) list.value = Array.from(list.options).find((other) => other.defaultSelected)?.value ?? ''
  }
}

/** @param {Element} box */
const partial = (box) => /** @type {NodeListOf<HTMLOptionElement>} */ (box.querySelectorAll('option[data-yb-schemes]'))

/**
 * @param {HTMLOptionElement} choice
 * @param {string} scheme
 */
const isFor = (choice, scheme) => (choice.dataset.ybSchemes ?? '').split(' ').includes(scheme)
