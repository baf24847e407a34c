/**
 * Files of the offline bundle. A page opened by file:// may not fetch its neighbours, but may run them: each file there is a
 * script that calls `__yibaoPayload(name, base64 of gzip)`. In the calculator that is one file the same text stands in the page
 * itself, in a block of data. Unpacked here on the page, since WebKit's blob workers cannot.
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
export async function unpacked(asset) {
  const name = nameIn(asset.url)
  const data = await inflated(await arrival(asset.url, name)).arrayBuffer()
  if (data.byteLength !== asset.size) throw new Error(`${name}: ${data.byteLength} bytes, expected ${asset.size}`)
  return data
}

/** @param {string} text base64 of gzip */
function inflated(text) {
  return new Response(new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream('gzip')))
}

/** @param {string} name */
async function inPage(name) {
  if (document.readyState === 'loading') await new Promise((then) => document.addEventListener('DOMContentLoaded', then, { once: true }))
  return document.querySelector(`script[data-yb-file="${CSS.escape(name)}"]`)?.textContent
}

/**
 * @param {string} url
 * @param {string} name
 * @returns {Promise<string>}
 */
async function arrival(url, name) {
  const here = await inPage(name)
  if (here !== undefined) return here
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

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
