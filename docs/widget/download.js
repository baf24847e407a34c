/**
 * The files of one rung: fetched, counted and checked. A file of another length or with another SHA-256 than the page was
 * published with fails; nothing is computed with rules or code that are not the published ones. What the service worker keeps
 * was checked when it was kept, and is not checked again.
 */
import { fetched } from './early.js'
import { fail } from './host.js'

/** @typedef {import('./protocol.js').Part} Part */
/** @typedef {import('./protocol.js').FileAt} FileAt */
/** @typedef {import('./protocol.js').FileHere} FileHere */

/** How much more must have come, and how long ago it was told last, before it is told again: each telling has the page drawn anew. */
const TOLD_EACH = 0.04
const TOLD_EACH_MS = 250
const PEEK_MS = 10
/** So says the service worker of a file that it keeps: how its hash began when it was kept (docs/hosted/sw.js). */
const [CHECKED, CHECKED_DIGITS] = ['x-yibao-checked', 16]

export class Download {
  /**
   * @param {RequestCache} cache   `reload` where what the browser holds is not to be trusted
   * @param {(share: number) => void} tell   how much of all of them has come, 0 to 1
   * @param {(file: import('./protocol.js').FileHere) => AsyncGenerator<Uint8Array<ArrayBuffer>>} [unpack]   what the page hands over
   */
  constructor(cache, tell, unpack) {
    this.unpack = unpack
    this.total = Infinity
    this.cache = cache
    this.tell = tell
    this.done = 0
    this.told = 0
    this.toldAt = performance.now()
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined
    /** When the first piece came, on this clock. @type {number | undefined} */
    this.began = undefined
    /** Settled when what is `streamed` has come. @type {Promise<unknown>} */
    this.streaming = Promise.resolve()
    /** @type {Promise<unknown>[]} */
    this.checks = []
  }

  /** From now on shares are of these. @param {Part[]} parts */
  expect(parts) {
    this.total = parts.reduce((sum, part) => sum + part.size, 0)
  }

  /**
   * Whether so many bytes take longer than so many ms, counted from the first that come.
   * @param {{bytes: number, ms: number}} pace
   * @returns {Promise<boolean>}
   */
  async isSlow({ bytes, ms }) {
    for (;;) {
      if (this.done >= bytes) return false
      if (this.began !== undefined && performance.now() - this.began > ms) return true
      await new Promise((then) => setTimeout(then, PEEK_MS))
    }
  }

  /** @param {number} bytes */
  add(bytes) {
    this.began ??= performance.now()
    this.done += bytes
    const share = Math.min(1, this.done / this.total)
    if (share < this.told + TOLD_EACH && share < 1) return
    const early = share < 1 ? this.toldAt + TOLD_EACH_MS - performance.now() : 0
    if (early > 0) {
      this.later ??= setTimeout(() => { // nothing more may come for long
        this.later = undefined
        if (this.told < 1) this.add(0)
      }, early)
      return
    }
    clearTimeout(this.later)
    this.later = undefined
    this.told = share
    this.toldAt = performance.now()
    this.tell(share)
  }

  /** @param {Promise<unknown>} check that tells of its failure itself */
  wait(check) {
    check.catch(() => {})
    this.checks.push(check)
  }

  /** Resolves when all is known to be genuine. */
  async checked() {
    for (let check = this.checks.pop(); check; check = this.checks.pop()) await check // one may bring another
  }

  /**
   * A part as a response, to be compiled while it comes. Where it can be, it is the very one that fetch gave: for another the
   * browser neither keeps what it has compiled nor finds it again at the next visit. What comes is checked on a copy.
   * @param {Part} part
   * @param {string} type
   */
  async streamed(part, type) {
    const headers = { 'content-type': type }
    if ('packed' in part) return new Response(this.stream(part), { headers })
    const response = await this.fetched(part)
    if (isKept(part, response)) this.add(part.size)
    else this.wait(this.streaming = this.drained(part, response.clone()))
    const said = (response.headers.get('content-type') ?? '').split(';')[0].trim()
    return said === type ? response : new Response(response.body, { headers })
  }

  /**
   * @param {Part} part
   * @returns {Promise<ArrayBuffer>}
   */
  async bytes(part) {
    if ('packed' in part) return this.unpacked(part)
    const response = await this.fetched(part)
    return isKept(part, response) ? this.whole(part, response) : this.drained(part, response)
  }

  /**
   * @param {...(Part | undefined)} files   the library, which Python starts with, and what is wanted after it
   * @returns {{library: Promise<Uint8Array<ArrayBuffer>>, rest: Promise<Uint8Array<ArrayBuffer>[]>}}
   */
  inTurn(...files) {
    const [first, ...later] = files.map((file) => {
      if (!file) throw new Error('this rung lacks a file')
      return file
    })
    const bytes = async (/** @type {Part} */ part) => new Uint8Array(await this.bytes(part))
    const library = bytes(first)
    const rest = library.then(() => this.streaming).then(() => Promise.all(later.map(bytes)))
    rest.catch(fail)
    return { library, rest }
  }

  /**
   * What the page hands over, piece by piece, and into `whole`; when all is there, it is checked.
   * @param {FileHere} part
   * @param {Uint8Array<ArrayBuffer>} whole
   */
  async* pieces(part, whole) {
    if (!this.unpack) throw failed(`${part.packed}: nothing here can unpack it`)
    let at = 0
    for await (const piece of this.unpack(part)) {
      whole.set(piece, at)
      at += piece.length
      yield piece
    }
    this.add(part.size)
    this.wait(genuine(part, whole))
  }

  /** @param {FileHere} part @returns {ReadableStream<Uint8Array>} */
  stream(part) {
    const pieces = this.pieces(part, new Uint8Array(part.size))
    /** @type {(done: unknown) => void} */
    let end = () => {}
    this.streaming = new Promise((resolve) => { end = resolve })
    return new ReadableStream({
      async pull(into) {
        const piece = await pieces.next()
        if (!piece.done) return into.enqueue(piece.value)
        into.close()
        end(true)
      },
    })
  }

  /** After what is streamed, which is compiled while this is unpacked. @param {FileHere} part */
  async unpacked(part) {
    await this.streaming
    const whole = new Uint8Array(part.size)
    const pieces = this.pieces(part, whole)
    while (!(await pieces.next()).done);
    return whole.buffer
  }

  /**
   * @param {FileAt} part
   * @param {Response} response
   */
  async whole(part, response) {
    const bytes = await response.arrayBuffer().catch((error) => { throw failed(`${part.url}: ${error}`) })
    if (bytes.byteLength !== part.size) throw failed(`${part.url}: ${bytes.byteLength} bytes, expected ${part.size}`)
    this.add(part.size)
    return bytes
  }

  /** @param {FileAt} part */
  async fetched({ url }) {
    const response = await fetched(url, this.cache).catch((error) => { throw failed(`${url}: ${error}`) })
    if (!response.ok || !response.body) throw failed(`${url}: HTTP ${response.status}`)
    return response
  }

  /**
   * @param {FileAt} part
   * @param {Response} response
   */
  async drained(part, response) {
    const whole = new Uint8Array(part.size)
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader()
    let seen = 0
    for (let piece = await next(reader, part); !piece.done; piece = await next(reader, part)) {
      if (seen + piece.value.byteLength <= part.size) whole.set(piece.value, seen)
      seen += piece.value.byteLength
      this.add(piece.value.byteLength)
    }
    if (seen !== part.size) throw failed(`${part.url}: ${seen} bytes, expected ${part.size}`)
    this.wait(genuine(part, whole))
    return whole.buffer
  }
}

/**
 * Whether it comes from the service worker, which keeps a file only after computing its hash: on a second visit that, and the copies
 * it takes, would be the longest work of all.
 * @param {FileAt} part
 * @param {Response} response
 */
function isKept({ sha }, response) {
  const checked = response.headers.get(CHECKED) ?? ''
  return checked.length >= CHECKED_DIGITS && sha.startsWith(checked)
}

/**
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {FileAt} part
 */
const next = (reader, { url }) => reader.read().catch((error) => { throw failed(`${url}: ${error}`) })

/**
 * Only a secure context (https, this machine, a file) can compute the sum; elsewhere the length has to do.
 * @param {Part} part
 * @param {BufferSource} bytes
 */
async function genuine(part, bytes) {
  if (!globalThis.crypto?.subtle) return
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== part.sha) throw failed(`${'url' in part ? part.url : part.packed}: SHA-256 ${hex}, expected ${part.sha}`)
}

/** The error, told at once: whoever reads the file would only say that reading failed. @param {string} reason */
function failed(reason) {
  const error = new Error(reason)
  fail(error)
  return error
}
