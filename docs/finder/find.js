/** Places as people type them: by name, by pinyin, by initials. No fact of policy is here. */

/**
 * @typedef {object} Place
 * @property {string} code
 * @property {string} name
 * @property {string} short    as people say it: 深圳市 → 深圳
 * @property {string[]} sounds pinyin: `shenzhen`
 * @property {string[]} initials `sz`
 * @property {string[]} also   other names
 * @property {string} province code of the province, its own for a province
 * @property {string} page     code of the place whose page tells of it, `hmt` for what lies outside
 */

export const OUTSIDE = 'hmt'
const MOST = 8
const ROW = /^(XPCC|\d+)([^/A-Z]+)(?:(\/)([^A-Z]*))?([A-Za-z|]+)([*-]?)(.*)$/

/**
 * A line a place (scripts/site/finder.py): the code without its last zeros, the name with `/` where its short form ends (`/` alone: 市),
 * each syllable with a capital, `*` if it has a page of its own or `-` if it lies outside, other names. What follows a province lies in it.
 * @param {string} table
 * @returns {Place[]}
 */
export function read(table) {
  let province = '', city = { code: '', page: '' }
  return table.split('\n').filter(Boolean).map((line) => {
    const [, digits, short, slash, rest, said, mark, also] = /** @type {RegExpExecArray} */ (ROW.exec(line))
    const code = digits.padEnd(6, '0').slice(0, digits === 'XPCC' ? 4 : 6)
    if (digits.length === 2 || digits === 'XPCC') province = code
    if (digits.length === 4) city = { code, page: mark ? code : province }
    const above = digits.length === 6 && code.startsWith(city.code.slice(0, 4)) && city.code ? city.page : province
    const ways = said.split('|')
    return {
      code, short, province,
      name: short + (slash ? rest || '市' : ''),
      sounds: ways.map((way) => way.toLowerCase()),
      initials: ways.map((way) => way.replace(/[a-z]/g, '').toLowerCase()),
      also: also.split(' ').filter(Boolean),
      page: mark === '-' ? OUTSIDE : mark || code === province ? code : above,
    }
  })
}

/**
 * The places that may be meant, the likeliest first.
 * @param {Place[]} places
 * @param {string} typed
 */
export function find(places, typed) {
  const text = typed.normalize('NFKC').toLowerCase().replace(/[\s'’·,，。.]+/g, '')
  if (!text) return []
  const fits = /^[a-z]+$/.test(text) ? heard : named
  const found = places.map((place, at) => ({ place, at, worth: fits(place, text) })).filter(({ worth }) => worth > 0)
  found.sort((a, b) => b.worth - a.worth || Number(b.place.page === b.place.code) - Number(a.place.page === a.place.code) || a.at - b.at)
  return found.slice(0, MOST).map(({ place }) => place)
}

/**
 * @param {Place} place
 * @param {string} text
 */
function named({ name, short, also }, text) {
  if (short === text || name === text || also.includes(text)) return 100
  if (name.startsWith(text)) return 80
  if (text.includes(short)) return 40 + text.indexOf(short) + short.length // more was typed: what comes last is the nearest
  return name.includes(text) && text.length > 1 ? 20 : 0
}

/**
 * @param {Place} place
 * @param {string} text
 */
function heard({ sounds, initials }, text) {
  if (sounds.includes(text)) return 100
  if (initials.includes(text)) return 80
  if (sounds.some((sound) => sound.startsWith(text))) return text.length > 1 ? 90 - text.length / 10 : 30
  if (sounds.some((sound) => text.startsWith(sound))) return 40
  return initials.some((initial) => initial.startsWith(text)) ? 20 : 0
}
