/**
 * Files of the offline bundle. A page opened by file:// may not fetch its neighbours, but may run them: each file there is a
 * script that calls `__yibaoPayload(name, text)`. In the calculator that is one file the same text stands in the page itself, in a
 * block of data. Code and the tables of the instant answer come as they are; what the worker starts Python from comes as base64 of
 * Zstandard, and the worker unpacks it (unpack.js), for it is some hundredths of a second's work.
 */

/** @type {Map<string, (text: string) => void>} */
const waiting = new Map()

/** The JSON that such a script hands over: as it is, or packed where many stand in one page. @param {string} url */
export async function handed(url) {
  const text = await arrival(url, nameIn(url))
  return text.startsWith('{') ? text : inflated(text).text()
}

/** @param {string} url */
const nameIn = (url) => url.slice(url.lastIndexOf('/') + 1)

/** @param {import('./protocol.js').Asset} asset */
const nameOf = ({ url }) => nameIn(url)

/** The text of a file. @param {import('./protocol.js').Asset} asset */
const brought = ({ url }) => arrival(url, nameIn(url))

/** A script to start a worker from; the one that the page was published with. @param {import('./protocol.js').Asset} asset */
export async function code(asset) {
  const bytes = new TextEncoder().encode(await brought(asset))
  if (bytes.length !== asset.size) throw new Error(`${nameOf(asset)}: ${bytes.length} bytes, expected ${asset.size}`)
  const sum = crypto.subtle && new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = sum && Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex && hex !== asset.sha) throw new Error(`${nameOf(asset)}: SHA-256 ${hex}, expected ${asset.sha}`)
  return URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }))
}

/** What the worker is told of its files: they will be handed over. @param {Record<string, import('./protocol.js').Asset>} files */
export const toHand = (files) => /** @type {import('./protocol.js').Parts} */ (
  Object.fromEntries(Object.entries(files).map(([name, asset]) => [name, { packed: nameOf(asset), size: asset.size, sha: asset.sha }]))
)

/**
 * @param {import('./protocol.js').Asset} asset
 * @returns {Promise<import('./protocol.js').Brought>}
 */
export function fromNeighbour(asset) {
  const file = brought(asset).then((text) => ({ type: /** @type {const} */ ('file'), name: nameOf(asset), text }))
  file.catch(() => {}) // heard of when it is handed over
  return file
}

/** @param {string} text base64 of gzip */
function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))
}

/** Whether all files stand in the page, behind its form (single.html.j2). */
const inside = () => document.documentElement.dataset.ybFiles === 'inside'

/** @param {string} name */
async function inPage(name) {
  if (document.readyState === 'loading') await new Promise((then) => document.addEventListener('DOMContentLoaded', then, { once: true }))
  const text = document.querySelector(`script[data-yb-file="${CSS.escape(name)}"]`)?.textContent
  if (text === undefined) throw new Error(`${name}: not in the page`)
  return text
}

/**
 * @param {string} url
 * @param {string} name
 * @returns {Promise<string>}
 */
async function arrival(url, name) {
  if (inside()) return inPage(name)
  Object.assign(globalThis, { __yibaoPayload: receive })
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve)
    const script = document.createElement('script')
    script.src = url
    script.async = true
    script.onload = () => {
      script.remove()
      reject(new Error(`${name}: says nothing`)) // without effect once it has called
    }
    script.onerror = () => reject(new Error(`${name}: missing`))
    document.head.append(script)
  })
}

/**
 * @param {string} name
 * @param {string} text
 */
function receive(name, text) {
  waiting.get(name)?.(text)
  waiting.delete(name)
}
