/** The place: a province narrows the list of cities, and the list alone holds the answer (its value is the code). */

/** @param {Element} box */
const cities = (box) => /** @type {HTMLSelectElement} */ (box.querySelector('[name="place"]'))

/**
 * The cities of a province come first in the list; all others stay, so that any place can be chosen at any time.
 * @param {Element} box
 * @param {string} code
 */
export function chooseProvince(box, code) {
  const list = cities(box)
  const group = list.querySelector(`optgroup[data-yb-province="${CSS.escape(code)}"]`)
  if (group) list.insertBefore(group, list.querySelector('optgroup'))
  const hasCities = group !== null && group.children.length > 1
  list.value = hasCities ? '' : code
}

/**
 * Shows the province of the place that is chosen.
 * @param {Element} box
 */
export function showProvince(box) {
  const chosen = cities(box).selectedOptions[0]
  const province = /** @type {HTMLSelectElement} */ (box.querySelector('[data-yb="province"]'))
  const code = chosen?.closest('optgroup')?.getAttribute('data-yb-province') ?? chosen?.value
  if (code) province.value = code
}
