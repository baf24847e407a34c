/**
 * Python as the page sees it: started once, asked as often as one likes. Tries the rungs of the boot ladder in order, each in a
 * worker of its own; a rung that fails, or shows no progress for too long, is ended and the next one begins. Questions wait
 * for whichever rung comes up.
 */
import { keep, link, ordered, PACE, unsure } from './link.js'
import { code, fromNeighbour, toHand } from './payload.js'
import { SHARE, STALL_MS } from './protocol.js'

/** @typedef {import('./protocol.js').Step} Step */
/** @typedef {import('./protocol.js').ToPage} ToPage */
/** @typedef {{text: string, settle: (reply: Reply) => void, refuse: (reason: Error) => void}} Question */
/** @typedef {import('./protocol.js').Answer | import('./protocol.js').Refused} Reply */

/** No rung was of use. `falls` says why each was left. */
export class NoPython extends Error {
  /** @param {import('./protocol.js').Fall[]} falls */
  constructor(falls) {
    super(falls.map((fall) => `${fall.rung}/${fall.step}: ${fall.reason}`).join('; '))
    this.falls = falls
  }
}

export class Ladder extends EventTarget {
  /** @param {import('./protocol.js').Runtime} runtime */
  constructor(runtime) {
    super()
    this.runtime = runtime
    /** In the order in which they are tried. @type {import('./protocol.js').Rung[]} */
    this.rungs = runtime.rungs
    /** @type {import('./link.js').Link} */
    this.link = { saveData: false, type: '', said: undefined, mbps: undefined }
    /** @type {'idle' | 'booting' | 'ready' | 'failed'} */
    this.state = 'idle'
    /** After a failure nothing comes from the browser's cache: what lies there may be why. @type {RequestCache} */
    this.cache = 'default'
    /** Of the way to `ready`, 0 to 1. @type {number} */
    this.share = 0
    /** @type {Step} */
    this.step = 'start'
    /** @type {import('./protocol.js').Fall[]} */
    this.falls = []
    /** The rung that answers, once there is one. */
    this.rung = ''
    /** When what was begun, in ms of the page's clock. @type {{rung: string, step: Step, at: number}[]} */
    this.passed = []
    /** @type {number | undefined} */
    this.readyAt = undefined
    this.bytes = { files: 0, wire: 0 }
    /** @type {Map<number, Question>} */
    this.questions = new Map()
    this.lastId = 0
    /** @type {Worker | undefined} */
    this.worker = undefined
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watch = undefined
    /** The rung being tried or in use. @type {{fall: (reason: string) => void} | undefined} */
    this.attempt = undefined
  }

  /** Begin at the first rung; again after a failure, too. */
  start() {
    if (this.state === 'booting' || this.state === 'ready') return
    this.cache = this.state === 'failed' ? 'reload' : 'default'
    this.falls = []
    this.passed = []
    this.link = link()
    this.rungs = this.runtime.packed || unsure(this.link) ? this.runtime.rungs : ordered(this.runtime.rungs, this.link)
    this.climb(0)
  }

  /** Resolves when a rung has come up; starts the first if need be. Rejects with NoPython when no rung is left. */
  up() {
    this.start()
    return new Promise((resolve, reject) => {
      if (this.state === 'ready') return resolve(this.rung)
      this.addEventListener('ready', () => resolve(this.rung), { once: true })
      this.addEventListener('failed', () => reject(new NoPython(this.falls)), { once: true })
    })
  }

  /**
   * @param {string} text a Case as JSON
   * @returns {Promise<Reply>} rejects with NoPython when no rung is left
   */
  ask(text) {
    this.start()
    return new Promise((settle, refuse) => {
      const id = ++this.lastId
      this.questions.set(id, { text, settle, refuse })
      this.worker?.postMessage({ type: 'ask', id, text })
      if (this.state === 'ready') this.watchAnswers()
    })
  }

  /** @param {number} index */
  async climb(index) {
    const rung = this.rungs[index]
    if (!rung) return this.giveUp()
    this.state = 'booting'
    this.share = 0
    this.rung = rung.name
    /** @param {string} reason */
    const fall = (reason) => {
      if (this.attempt !== attempt) return
      this.falls.push({ rung: this.rung, step: this.step, reason })
      if (!attempt.heard) this.rungs = this.rungs.filter((one, at) => at <= index || one.worker.url !== rung.worker.url)
      this.end()
      this.climb(index + 1)
    }
    const attempt = { fall, heard: false } // a worker that says nothing would say nothing on the next rung either
    this.attempt = attempt
    try {
      this.enter('start')
      const { worker, boot, files } = await this.open(rung, index === 0 ? this.other(rung) : undefined)
      if (this.attempt !== attempt) return worker.terminate()
      this.worker = worker
      worker.onmessage = (event) => {
        attempt.heard = true
        this.hear(event.data)
      }
      worker.onerror = (event) => fall(event.message || 'worker error')
      worker.postMessage(boot) // without effect where it was told by its name
      if (files) this.hand(files, worker).catch((error) => {
        attempt.heard = true // no fault of the worker's
        fall(String(error))
      })
      for (const [id, { text }] of this.questions) worker.postMessage({ type: 'ask', id, text })
    } catch (error) {
      fall(String(error))
    }
  }

  /**
   * A worker and what to tell it. Of files to fetch it hears by its name already (early.js); others are still coming.
   * @param {import('./protocol.js').Rung} rung
   * @param {import('./protocol.js').Instead} [instead]
   * @returns {Promise<{worker: Worker, boot: import('./protocol.js').Boot, files?: Promise<import('./protocol.js').Brought>[]}>}
   */
  async open(rung, instead) {
    const told = { type: /** @type {const} */ ('boot'), rung: rung.name, instead, rulebook: this.runtime.rulebook.sha, cache: this.cache }
    if (this.runtime.packed) {
      const parts = this.partsOf(rung)
      const script = code(rung.worker)
      const files = Object.values(parts).map(fromNeighbour)
      return { worker: new Worker(await script), boot: { ...told, parts: toHand(parts) }, files }
    }
    const boot = { ...told, parts: toFetch(this.partsOf(rung)) }
    return { worker: new Worker(absolute(rung.worker.url), { name: JSON.stringify(boot) }), boot }
  }

  /**
   * @param {import('./protocol.js').Rung} rung
   * @returns {Record<string, import('./protocol.js').Asset>}
   */
  partsOf({ name, worker, ...files }) {
    return files.snapshot ? files : { ...files, rulebook: this.runtime.rulebook }
  }

  /**
   * What the same worker may begin instead, where only the first of its files will tell how fast the link is.
   * @param {import('./protocol.js').Rung} rung
   * @returns {import('./protocol.js').Instead | undefined}
   */
  other(rung) {
    const found = this.rungs.find((one) => one !== rung && one.worker.url === rung.worker.url && one.wasm.url === rung.wasm.url)
    return found && !this.runtime.packed && unsure(this.link) ? { rung: found.name, parts: toFetch(this.partsOf(found)), pace: PACE } : undefined
  }

  /** The worker has taken what it was offered: what it was told first comes next. @param {string} name */
  take(name) {
    const taken = this.rungs.filter((rung) => rung.name === name)
    this.rungs = [...taken, ...this.rungs.filter((rung) => rung.name !== name)]
    this.rung = name
  }

  /**
   * To a worker that cannot fetch them, its files, as they come.
   * @param {Promise<import('./protocol.js').Brought>[]} files
   * @param {Worker} worker
   */
  async hand(files, worker) {
    let done = 0
    await Promise.all(files.map(async (file) => {
      worker.postMessage(await file)
      if (this.worker === worker) this.progress('download', (++done / files.length) * SHARE.start)
    }))
  }

  /** @param {ToPage} message */
  hear(message) {
    if (message.type === 'progress') this.progress(message.step, message.share)
    else if (message.type === 'ready') this.beReady(message)
    else if (message.type === 'taken') this.take(message.rung)
    else if (message.type === 'failed') this.attempt?.fall(message.reason)
    else this.settle(message)
  }

  /** @param {import('./protocol.js').Ready} message */
  beReady({ rung, bytes }) {
    this.state = 'ready'
    this.rung = rung
    this.bytes = bytes
    this.readyAt = performance.now()
    keep(rung)
    this.watchAnswers()
    this.tell('ready')
  }

  /** While something is asked, an answer must come within a time of its own. */
  watchAnswers() {
    if (this.questions.size) this.enter('answer')
    else clearTimeout(this.watch)
  }

  /** @param {Reply} reply */
  settle(reply) {
    const question = this.questions.get(reply.id)
    this.questions.delete(reply.id)
    this.watchAnswers()
    question?.settle(reply)
  }

  /**
   * @param {Step} step
   * @param {number} share
   */
  progress(step, share) {
    this.share = Math.max(this.share, share)
    this.enter(step)
    this.tell('progress')
  }

  /** A sign of life: the watch starts anew. @param {Step} step */
  enter(step) {
    const last = this.passed[this.passed.length - 1] // not at(): the views inside apps are older than it
    if (last?.step !== step || last.rung !== this.rung) this.passed.push({ rung: this.rung, step, at: performance.now() })
    this.step = step
    clearTimeout(this.watch)
    this.watch = setTimeout(() => this.attempt?.fall(`no progress for ${STALL_MS[step]} ms`), STALL_MS[step])
  }

  /** How it went, for the diagnostics panel. @returns {import('./diagnostics.js').Report} */
  get report() {
    const began = this.passed[0]?.at ?? 0
    const since = (/** @type {number} */ at) => Math.round(at - began)
    return {
      state: this.state,
      rung: this.rung,
      ready: this.state === 'ready' && this.readyAt !== undefined ? since(this.readyAt) : undefined,
      passed: this.passed.filter(({ step }) => step !== 'answer').map((one) => ({ ...one, at: since(one.at) })),
      bytes: this.bytes,
      falls: this.falls,
      link: this.link,
    }
  }

  end() {
    clearTimeout(this.watch)
    this.worker?.terminate()
    this.worker = undefined
    this.attempt = undefined
  }

  giveUp() {
    this.state = 'failed'
    const reason = new NoPython(this.falls)
    const left = [...this.questions.values()]
    this.questions.clear()
    this.tell('failed')
    for (const question of left) question.refuse(reason)
  }

  /** @param {'progress' | 'ready' | 'failed'} what */
  tell(what) {
    this.dispatchEvent(new Event(what))
  }
}

/** @param {Record<string, import('./protocol.js').Asset>} files */
const toFetch = (files) => /** @type {import('./protocol.js').Parts} */ (
  Object.fromEntries(Object.entries(files).map(([name, asset]) => [name, { ...asset, url: absolute(asset.url) }]))
)

/** @param {string} url */
const absolute = (url) => new URL(url, document.baseURI).href
