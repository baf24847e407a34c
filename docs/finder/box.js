/** A box to type a place into, with what may be meant below it: the combobox of the ARIA practices, on a list of our own. */
import { find } from './find.js'

/** @typedef {import('./find.js').Place} Place */

export class Box {
  /**
   * @param {HTMLElement} root     holds the input, the list and the line that tells
   * @param {() => Promise<Place[]>} places
   * @param {(place: Place, all: Place[]) => void} choose
   */
  constructor(root, places, choose) {
    this.input = /** @type {HTMLInputElement} */ (root.querySelector('input'))
    this.list = /** @type {HTMLElement} */ (root.querySelector('[role="listbox"]'))
    this.told = /** @type {HTMLElement} */ (root.querySelector('[role="status"]'))
    this.places = places
    this.choose = choose
    /** @type {Place[]} */
    this.found = []
    /** @type {Place[]} */
    this.all = []
    this.at = -1
    this.turn = 0
    this.input.addEventListener('focus', () => this.warm(), { once: true })
    this.input.addEventListener('input', () => this.look())
    this.input.addEventListener('keydown', (event) => this.pressed(event))
    this.input.addEventListener('blur', () => this.close())
    this.list.addEventListener('pointerdown', (event) => event.preventDefault()) // the box keeps the focus until the tap is over
    this.list.addEventListener('click', (event) => this.clicked(event))
    for (const kind of ['input', 'change']) root.addEventListener(kind, (event) => event.stopPropagation()) // what is typed is no answer yet
    root.hidden = false
  }

  warm() {
    this.places().catch(() => {}) // asked again when something is typed
  }

  async look() {
    const turn = ++this.turn
    const typed = this.input.value
    try {
      this.all = await this.places()
    } catch {
      this.tell(this.told.dataset.ybFailed ?? '')
      return
    }
    if (turn !== this.turn) return
    this.found = find(this.all, typed)
    this.at = -1
    this.show()
    if (!typed.trim()) this.tell('')
    else this.tell(this.found.length ? (this.told.dataset.ybFound ?? '').replace('{count}', String(this.found.length)) : (this.told.dataset.ybNone ?? ''))
  }

  show() {
    this.list.replaceChildren(...this.found.map((place, at) => {
      const option = document.createElement('li')
      option.id = `${this.list.id}-${at}`
      option.setAttribute('role', 'option')
      option.setAttribute('aria-selected', String(at === this.at))
      const above = this.all.find(({ code }) => code === place.province)
      option.textContent = above && above.code !== place.code ? `${place.name}（${above.short}）` : place.name
      return option
    }))
    const open = this.found.length > 0
    this.list.hidden = !open
    this.input.setAttribute('aria-expanded', String(open))
    if (this.at >= 0) this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.at}`)
    else this.input.removeAttribute('aria-activedescendant')
    this.list.children[this.at]?.scrollIntoView({ block: 'nearest' })
  }

  close() {
    this.found = []
    this.at = -1
    this.show()
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      const count = this.found.length
      if (!count) return void this.look()
      this.at = this.at < 0 ? (step > 0 ? 0 : count - 1) : (this.at + step + count) % count
      this.show()
    } else if (event.key === 'Enter') {
      event.preventDefault() // the form around the box is not sent
      this.enter()
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.stopPropagation()
      this.close()
    }
  }

  /** What is marked, else the likeliest; typed faster than the table came, it is waited for. */
  async enter() {
    if (!this.found.length) await this.look()
    const place = this.found[Math.max(0, this.at)]
    if (place) this.take(place)
  }

  /** @param {Event} event */
  clicked(event) {
    const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null
    const place = option && this.found[Array.from(this.list.children).indexOf(option)]
    if (place) this.take(place)
  }

  /** @param {Place} place */
  take(place) {
    this.input.value = place.name
    this.close()
    this.choose(place, this.all)
  }

  /** @param {string} sentence */
  tell(sentence) {
    this.told.textContent = sentence
  }
}
