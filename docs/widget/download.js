/**
 * The files of one rung: fetched, counted and checked. A file of another length or with another SHA-256 than the page was
 * published with fails; nothing is computed with rules or code that are not the published ones.
 */
import { fail } from './host.js'

/** @typedef {import('./protocol.js').Part} Part */
/** @typedef {{whole: Uint8Array<ArrayBuffer>, take: (chunk: Uint8Array) => void, end: () => void}} Counter */

export class Download {
  /**
   * @param {Part[]} parts
   * @param {(share: number) => void} tell   how much of all of them has come, 0 to 1; called at each hundredth
   */
  constructor(parts, tell) {
    this.total = parts.reduce((sum, part) => sum + part.size, 0)
    this.tell = tell
    this.done = 0
    this.told = 0
    /** Settled when all that has come is known to be genuine. @type {Promise<void>[]} */
    this.checks = []
  }

  /** @param {number} bytes */
  add(bytes) {
    this.done += bytes
    const share = Math.min(1, this.done / this.total)
    if (share < this.told + 0.01 && share < 1) return
    this.told = share
    this.tell(share)
  }

  /**
   * A part as a response, to be read while it comes.
   * @param {Part} part
   * @param {string} type
   */
  async open(part, type) {
    const headers = { 'content-type': type }
    if ('data' in part) {
      this.add(part.size)
      this.checks.push(genuine(part, part.data))
      return new Response(part.data, { headers })
    }
    const response = await fetch(part.url).catch((error) => { throw failed(`${part.url}: ${error}`) })
    if (!response.ok || !response.body) throw failed(`${part.url}: HTTP ${response.status}`)
    const counter = this.counter(part)
    return new Response(globalThis.TransformStream ? passing(response.body, counter) : await drained(response.body, counter), { headers })
  }

  /**
   * @param {import('./protocol.js').FileAt} part
   * @returns {Counter}
   */
  counter(part) {
    const whole = new Uint8Array(part.size)
    let seen = 0
    return {
      whole,
      take: (chunk) => {
        if (seen + chunk.byteLength <= part.size) whole.set(chunk, seen)
        seen += chunk.byteLength
        this.add(chunk.byteLength)
      },
      end: () => {
        if (seen !== part.size) throw failed(`${part.url}: ${seen} bytes, expected ${part.size}`)
        this.checks.push(genuine(part, whole))
      },
    }
  }

  /** @param {Part} part */
  async bytes(part) {
    return (await this.open(part, 'application/octet-stream')).arrayBuffer()
  }
}

/**
 * Counted on its way to whoever reads it.
 * @param {ReadableStream<Uint8Array>} body
 * @param {Counter} counter
 */
function passing(body, { take, end }) {
  return body.pipeThrough(new TransformStream({ transform: (chunk, out) => (take(chunk), out.enqueue(chunk)), flush: end }))
}

/**
 * Counted first, handed over after: Firefox before 113 and Safari before 14.1 cannot do both at once.
 * @param {ReadableStream<Uint8Array>} body
 * @param {Counter} counter
 */
async function drained(body, { whole, take, end }) {
  const reader = body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) take(piece.value)
  end()
  return whole
}

/**
 * Only a secure context (https, this machine, a file) can compute the sum; elsewhere the length has to do.
 * @param {Part} part
 * @param {BufferSource} bytes
 */
async function genuine(part, bytes) {
  if (!globalThis.crypto?.subtle) return
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== part.sha) throw failed(`${'url' in part ? part.url : 'file'}: SHA-256 ${hex}, expected ${part.sha}`)
}

/** The error, told at once: whoever reads the file would only say that reading failed. @param {string} reason */
function failed(reason) {
  const error = new Error(reason)
  fail(error)
  return error
}
