/**
 * What begins as soon as the script runs, before the form is there: where the address holds a Case, its table is fetched and Python
 * starts. Where the link may be slow, Python waits for the table and for element.js, so that the headline does not stand in line behind
 * some megabytes.
 *
 * Also a script of its own, a fifth of element.js, which stands in the page itself (scripts/site/polish.py): Firefox and WebKit draw
 * the page before they run a script that is to be fetched.
 */
import { caseIn } from './fragment.js'
import { Ladder } from './ladder.js'
import { isSlow, link, unsure } from './link.js'
import { Tables } from './tables.js'

/** @typedef {{runtime: import('./protocol.js').Runtime, instant?: import('./tables.js').Shelf, preset: import('./fragment.js').Case}} Config */
/** @typedef {{config: Config, python: Ladder, tables: Tables}} Started */

/** One Python and one shelf of tables for all elements of a page, and for both scripts. */
const page = /** @type {{__yibaoStarted?: Started}} */ (globalThis)

/** Whether this is the copy that stands in the page. */
const INLINE = document.currentScript?.hasAttribute('data-yb')

/** An older browser would stop half-way; so the calculator does not begin in it, and the page says that by itself (`unstarted`). */
const NEEDED = ['append', 'closest', 'replaceChildren', 'toggleAttribute']
export const able = NEEDED.every((name) => name in Element.prototype)

/**
 * @param {Element | null} own   the element's configuration; null where one at the top of the page stands for all
 * @returns {Started}
 */
export function started(own) {
  const config = read(own ?? document.querySelector('[data-yb="config"]'))
  page.__yibaoStarted ??= { config, python: new Ladder(config.runtime), tables: new Tables(config.instant, config.runtime.packed) }
  return { ...page.__yibaoStarted, config }
}

/** @param {Element | null} box @returns {Config} */
const read = (box) => JSON.parse(box?.textContent ?? '')

async function beginEarly() {
  const found = caseIn(location.hash)
  if (!able || !found || !document.head.querySelector('[data-yb="config"]')) return
  const { config, python, tables } = started(null)
  const table = tables.near(found.place)
  const known = link()
  if (!config.runtime.packed && (isSlow(known) || unsure(known))) {
    if (INLINE) return
    await table
  }
  python.start()
}

beginEarly()
