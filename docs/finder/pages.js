/** On pages: the finder leads to a place's page and keeps the choice; what a page has for the chosen place is offered. */
import { Box } from './box.js'
import { CHANGED, chosen, forget, keep } from './chosen.js'
import { OUTSIDE } from './find.js'
import { places } from './table.js'

/** @typedef {import('./find.js').Place} Place */

/**
 * @param {HTMLElement} finder
 */
function wire(finder) {
  const { ybPlaces = '', ybWay = '' } = finder.dataset
  const table = () => places(ybPlaces)
  const go = (/** @type {Place} */ place) => {
    if (place.page !== OUTSIDE) keep(place)
    location.href = ybWay.replace('{code}', place.page)
  }
  const typing = finder.querySelector('[data-yb="typing"]')
  if (typing instanceof HTMLElement) new Box(typing, table, go)
  const fold = finder.querySelector('details')
  fold?.addEventListener('toggle', () => {
    if (fold.open) table().then((all) => byList(fold, all, go), () => {}) // the links stay where the table does not come
  }, { once: true })
}

/**
 * A province, then what lies in it.
 * @param {HTMLElement} fold
 * @param {Place[]} all
 * @param {(place: Place) => void} go
 */
function byList(fold, all, go) {
  const [lists] = fold.getElementsByTagName('template')
  if (!lists) return
  const made = /** @type {DocumentFragment} */ (lists.content.cloneNode(true))
  const [province, city] = Array.from(made.querySelectorAll('select'))
  const button = made.querySelector('button')
  const offer = (/** @type {HTMLSelectElement} */ list, /** @type {Place[]} */ some) => {
    list.length = 1
    for (const place of some) list.add(new Option(place.name, place.code))
  }
  offer(province, all.filter(({ code, province: above }) => code === above))
  province.addEventListener('change', () => offer(city, all.filter((place) => place.province === province.value && place.code !== province.value)))
  button?.addEventListener('click', () => {
    const place = all.find(({ code }) => code === (city.value || province.value))
    if (place) go(place)
    else province.focus()
  })
  fold.querySelectorAll(':scope > :not(summary)').forEach((part) => part.remove())
  fold.append(made)
}

/** The line that names the chosen place, and what the page has for it. */
function show() {
  const now = chosen()
  for (const line of document.querySelectorAll('[data-yb-chosen]')) {
    const link = line.querySelector('[data-yb="place"]')
    const way = line.getAttribute('data-yb-chosen') ?? ''
    if (now && link instanceof HTMLAnchorElement) {
      link.textContent = now.name
      link.href = way.replace('{code}', now.page)
    }
    line.toggleAttribute('hidden', !now)
  }
  for (const button of document.querySelectorAll('[data-yb-keep]')) {
    const mine = now?.code === button.getAttribute('data-yb-keep')
    button.toggleAttribute('hidden', mine)
    button.nextElementSibling?.toggleAttribute('hidden', !mine)
  }
}

for (const finder of document.querySelectorAll('[data-yb="finder"]')) wire(/** @type {HTMLElement} */ (finder))
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-yb-keep], [data-yb="forget"]') : null
  if (!(button instanceof HTMLElement)) return
  const { ybKeep: code, ybName: name = '' } = button.dataset
  if (code) keep({ code, name, page: code })
  else forget()
})
addEventListener(CHANGED, show)
addEventListener('storage', show) // chosen or changed in another tab
addEventListener('pageshow', show) // and after the way back
show()
