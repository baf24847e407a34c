/** The place: typed or from lists, a province narrows the list of cities; that list alone holds the answer (its value is the code). */
import { Box } from '../finder/box.js'
import { chosen, keep } from '../finder/chosen.js'
import { places } from '../finder/table.js'

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

/**
 * What is typed into the box is chosen in the list; and what is chosen in either is the reader's place on the site's other pages,
 * where there are any: not in a frame on somebody else's page, nor in the calculator that is one file.
 * @param {HTMLElement} root
 */
export function findPlace(root) {
  const typing = /** @type {HTMLElement | null} */ (root.querySelector('[data-yb="typing"]'))
  const box = typing?.closest('[data-yb-q]')
  if (!typing || !box) return
  const table = () => places(typing.dataset.ybPlaces ?? '')
  const finder = new Box(typing, table, ({ code }) => {
    const list = cities(box)
    if (!Array.from(list.options).some((option) => option.value === code)) return finder.tell(finder.told.dataset.ybOutside ?? '')
    list.value = code
    list.dispatchEvent(new Event('change', { bubbles: true }))
    finder.input.value = ''
    finder.tell(list.selectedOptions[0].textContent?.trim() ?? '')
  })
  box.addEventListener('change', () => {
    const { value } = cities(box)
    if (remembers() && value) table().then((all) => all.filter(({ code }) => code === value).forEach(keep), () => {})
  })
}

/**
 * The code of the reader's place, '' where none is known or the list has it no more.
 * @param {Element} root
 */
export function placeBefore(root) {
  const code = remembers() ? chosen()?.code : undefined
  return code && Array.from(cities(root).options).some((option) => option.value === code) ? code : ''
}

const remembers = () => document.querySelector('[data-yb-chosen]') !== null
