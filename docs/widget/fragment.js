/** The Case in the address: `#case=` and the Case as JSON. What stands there was written by anyone and is believed in nothing. */

const PREFIX = '#case='
const LONGEST = 100_000
const CHINA_AHEAD_MS = 8 * 3600 * 1000 // all year round; not every browser can be asked for a time zone

/** @typedef {Record<string, unknown>} Case */

/**
 * @param {string} hash location.hash
 * @returns {Case | null | undefined} undefined: no Case there; null: one that cannot be read
 */
export function caseIn(hash) {
  if (!hash.startsWith(PREFIX)) return undefined
  if (hash.length > LONGEST) return null
  try {
    const found = JSON.parse(decodeURIComponent(hash.slice(PREFIX.length)))
    JSON.stringify(found) // throws where it is nested deeper than can be written again
    return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : null
  } catch {
    return null
  }
}

/** @param {Case} given */
export const hashOf = (given) => PREFIX + encodeURIComponent(JSON.stringify(given))

/**
 * Today in China as an ISO date, wherever the reader is.
 * @param {Date} now
 */
export function todayInChina(now) {
  return new Date(now.getTime() + CHINA_AHEAD_MS).toISOString().slice(0, 10)
}
