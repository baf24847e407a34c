/**
 * Files that come along packed, from the page (payload.js): base64 of Zstandard. No browser unpacks that of itself, but with it the
 * zip of the offline bundle is a fifth smaller than with gzip, which they all do; so there is room in it for Python's memory. Only
 * the offline worker has this inside.
 */
import { ZSTDDecoder } from 'yibao:zstd' // its `fetch`, of an address of data, is the one below
import { fail } from './host.js'

/** @typedef {import('./protocol.js').FileHere} FileHere */

/** What has come, or is waited for, by the name of the file. @type {Map<string, {text: Promise<string>, come: (text: string) => void}>} */
const files = new Map()

/** @param {string} name */
function file(name) {
  const found = files.get(name)
  if (found) return found
  /** @type {(text: string) => void} */
  let come = () => {}
  /** @type {Promise<string>} */
  const text = new Promise((resolve) => { come = resolve })
  const made = { text, come }
  files.set(name, made)
  return made
}

/** @param {import('./protocol.js').Brought} brought */
export const take = ({ name, text }) => file(name).come(text)

/** The decoder does not say that it cannot go on: it gives empty pieces for ever. One may come where a piece ends with a block. */
const ENOUGH_EMPTY = 8

const decoder = new ZSTDDecoder()
const ready = decoder.init()
ready.catch(() => {}) // whoever unpacks will hear of it

/**
 * Piece by piece, so that what is to be compiled is compiled while the rest is still being unpacked.
 * @param {FileHere} wanted
 */
export async function* unpacked({ packed, size }) {
  const text = await file(packed).text
  files.delete(packed)
  let [sum, empty] = [0, 0]
  try {
    await ready
    for (const piece of decoder.decodeStreaming([fromBase64(text)])) {
      sum += piece.length
      empty = piece.length ? 0 : empty + 1
      if (sum > size || empty > ENOUGH_EMPTY) throw new Error(`damaged after ${sum} bytes`)
      yield /** @type {Uint8Array<ArrayBuffer>} */ (piece)
    }
    if (sum !== size) throw new Error(`${sum} bytes, expected ${size}`)
  } catch (error) {
    const reason = new Error(`${packed}: cannot be unpacked: ${error}`)
    fail(reason)
    throw reason
  }
}

/** @param {string} text */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text)
  const letters = atob(text)
  const bytes = new Uint8Array(letters.length)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at)
  return bytes
}

/** The decoder keeps its own program in an address of data, which a page's policy need not let it fetch. @param {string} address */
export async function fetch(address) {
  return new Response(fromBase64(address.slice(address.indexOf(',') + 1)))
}
