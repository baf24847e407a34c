/** The table of places: fetched once, when somebody touches a box that needs it; by file:// and under a strict policy, so as a script. */
import { read } from './find.js'

/** @typedef {import('./find.js').Place} Place */

/** @type {Map<string, Promise<Place[]>>} */
const fetched = new Map()

/**
 * Where a page holds the table itself (the calculator that is one file), it is not fetched.
 * @param {string} address
 * @returns {Promise<Place[]>}
 */
export function places(address) {
  const inside = document.querySelector('script[data-yb="places"]')?.textContent
  if (inside) return Promise.resolve(read(JSON.parse(inside)))
  const before = fetched.get(address)
  if (before) return before
  /** @type {Promise<Place[]>} */
  const now = new Promise((resolve, reject) => {
    const script = document.createElement('script')
    Reflect.set(window, 'yibaoPlaces', (/** @type {string} */ table) => resolve(read(table)))
    script.src = address
    script.onerror = () => {
      fetched.delete(address) // the next touch tries again
      reject(new Error(`cannot load ${address}`))
    }
    document.head.append(script)
  })
  fetched.set(address, now)
  return now
}
