/**
 * The first that runs of the worker's script. The page says by the worker's name how to boot: a message waits until the page's own thread,
 * busy with the page, has time to hand it on. The files are asked for before the rest of the script has run.
 */

/** @typedef {import('./protocol.js').Boot} Boot */
/** @typedef {import('./protocol.js').Part} Part */

// Nobody reads where an error of JavaScript's was made, and to know it V8 reads the whole script again, each time.
Reflect.set(Error, 'stackTraceLimit', 0)

/** Undefined where the browser gives workers no names, or the files come along with the message. @type {Boot | undefined} */
export const named = self.name ? JSON.parse(self.name) : undefined

/** @type {Map<string, Promise<Response>>} */
const coming = new Map()

/** What Python starts with; where the line's speed is not known, the one file that is needed in any case. @param {Boot} boot */
function first({ parts: { wasm, snapshot, stdlib }, instead }) {
  return instead ? [wasm] : [wasm, snapshot ?? stdlib]
}

for (const file of named ? first(named) : []) {
  if (!file || 'packed' in file) continue
  const response = fetch(file.url, { cache: named?.cache })
  response.catch(() => {}) // told to whoever takes it
  coming.set(file.url, response)
}

/**
 * As `fetch`, but of what was asked for early, that.
 * @param {string} url
 * @param {RequestCache} cache
 */
export function fetched(url, cache) {
  const early = coming.get(url)
  coming.delete(url)
  return early ?? fetch(url, { cache })
}
