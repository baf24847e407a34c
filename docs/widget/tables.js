/**
 * The tables of the instant answer, each fetched once, as soon as its place is known. A place without a table of its own has the
 * one of the place above it. In the offline bundle a table is a script that hands over its text (payload.js).
 *
 * @typedef {object} Shelf
 * @property {string} folder   address, ends in /
 * @property {string} hash
 * @property {string[]} places   that have a table of their own
 */
import { headline } from './instant.js'
import { handed } from './payload.js'

const NATION = 'CN'

export class Tables {
  /**
   * @param {Shelf | undefined} shelf   undefined: no tables came with the page
   * @param {boolean} packed   whether they are scripts
   */
  constructor(shelf, packed) {
    this.shelf = shelf
    this.packed = packed
    /** @type {Map<string, Promise<import('./instant.js').Table | null>>} */
    this.fetched = new Map()
  }

  /**
   * @param {unknown} place   its code
   * @returns {Promise<import('./instant.js').Table | null>} null where there is none to be had; asked for again the next time
   */
  near(place) {
    const code = String(place ?? '')
    const chain = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`, NATION]
    const home = chain.find((one) => this.shelf?.places.includes(one))
    if (!code || !home) return Promise.resolve(null)
    const fetched = this.fetched.get(home) ?? this.read(home).catch(() => (this.fetched.delete(home), null))
    this.fetched.set(home, fetched)
    return fetched
  }

  /**
   * The headline of a Case, where a table tells.
   * @param {import('./instant.js').Case} given
   */
  async headline(given) {
    const table = await this.near(given.place)
    try {
      return table && headline(table, given)
    } catch {
      return null // a table that is not what it should be has nothing to say
    }
  }

  /**
   * @param {string} home
   * @returns {Promise<import('./instant.js').Table>}
   */
  async read(home) {
    const url = `${this.shelf?.folder}${home}.${this.shelf?.hash}.json`
    if (this.packed) return JSON.parse(await handed(`${url}.js`))
    const response = await fetch(new URL(url, document.baseURI))
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`)
    return response.json()
  }
}
