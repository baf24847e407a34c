/**
 * `<yibao-calculator>`: form → Case → headline from a table → Python → Assessment → page. It shows an answer only for the Case
 * that stands in the form; with every change the one on show is withdrawn, and a reply that comes late is dropped.
 */
import words from 'yibao:words'
import { panel } from './diagnostics.js'
import { h, part, say } from './dom.js'
import { draw } from './draw.js'
import { Form } from './form.js'
import { caseIn, hashOf, todayInChina } from './fragment.js'
import { findPlace, placeBefore } from './place.js'
import { able, started } from './start.js'
import { TakeAway } from './takeaway.js'

/** @typedef {'empty' | 'instant' | 'loading' | 'ready' | 'error'} State */
/** @typedef {'typed' | 'submitted' | 'link'} Why */

const TYPING_PAUSE_MS = 400
const IDLE_MS = 2000
/** Marks a Case in the address as this form's own: what is missing in it is not an error of a link. */
const TYPED = 'yibaoTyped'

class YibaoCalculator extends HTMLElement {
  connectedCallback() {
    if (this.form) return
    if (!this.querySelector('[data-yb="assessment"]')) return this.waitForMarkup()
    const { config: { preset }, python, tables } = started(this.querySelector('[data-yb="config"]'))
    this.form = new Form(/** @type {HTMLFormElement} */ (this.querySelector('form')), todayInChina(new Date()))
    this.python = python
    this.tables = tables
    this.turn = 0
    /** The turn to which Python has replied. @type {number | undefined} */
    this.answered = undefined
    /** The instant answer on show, '' if there is none. */
    this.atOnce = ''
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined
    this.listen(this.form, python)
    findPlace(this)
    part(this, 'unstarted').hidden = true
    performance.mark('yb:interactive')
    if (!this.openLink()) {
      const start = withPlace(this, preset)
      if (Object.keys(start).length) this.form.fill(start)
      this.startWhenIdle(python)
      if (this.form.missing() === '') this.update('typed')
    }
  }

  /** The script may come before the browser has read the element to its end. */
  waitForMarkup() {
    const watch = new MutationObserver(() => {
      if (!this.querySelector('[data-yb="assessment"]')) return
      watch.disconnect()
      this.connectedCallback()
    })
    watch.observe(this, { childList: true, subtree: true })
  }

  /**
   * @param {Form} form
   * @param {import('./ladder.js').Ladder} python
   */
  listen(form, python) {
    form.root.addEventListener('input', (event) => this.heard(event, TYPING_PAUSE_MS))
    form.root.addEventListener('change', (event) => this.heard(event, 0))
    form.root.addEventListener('submit', (event) => {
      event.preventDefault()
      form.forgetStrangers()
      this.update('submitted')
    })
    part(this, 'clear').addEventListener('click', () => {
      form.clear()
      this.update('typed')
    })
    part(this, 'result').append(panel(python, words.diagnostics))
    this.takeAway = new TakeAway(part(this, 'after'), words.action, () => new URL(hashOf(form.case()), location.href).href)
    window.addEventListener('hashchange', () => this.openLink())
    for (const what of ['progress', 'ready', 'failed']) python.addEventListener(what, () => this.showProgress())
    const ready = () => {
      performance.mark('yb:python-ready', { detail: python.rung })
      if (this.dataset.state === 'loading') this.show('loading', words.state.loading)
    }
    if (python.state === 'ready') ready() // it began before this script had come
    else python.addEventListener('ready', ready)
  }

  /** Python starts when the page has nothing else to do, or at the first touch; with Save-Data only then. @param {import('./ladder.js').Ladder} python */
  startWhenIdle(python) {
    const start = () => python.start()
    for (const touch of ['pointerdown', 'keydown', 'focusin']) this.addEventListener(touch, start, { once: true, passive: true })
    const connection = /** @type {{saveData?: boolean} | undefined} */ (Reflect.get(navigator, 'connection'))
    if (connection?.saveData) return
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: IDLE_MS })
    else setTimeout(start, IDLE_MS)
  }

  /** @returns {boolean} whether the address held a Case, readable or not */
  openLink() {
    const found = caseIn(location.hash)
    if (found === undefined) return false
    if (found === null) {
      this.python?.start()
      this.withdraw()
      this.show('error', words.state.error)
      this.trouble([words.problem.broken_link])
    } else {
      this.form?.fill(withPlace(this, found))
      const begun = Object.keys(found).some((name) => this.form?.boxes.has(name)) && this.form?.missing() // a door (the pages' links) begins a Case
      this.update(history.state?.[TYPED] || begun ? 'typed' : 'link')
    }
    return true
  }

  /**
   * @param {Event} event
   * @param {number} delay
   */
  heard(event, delay) {
    if (!(event.target instanceof Element)) return
    this.form?.changed(event.target)
    this.tables?.near(this.form?.case().place)
    this.withdraw()
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.update('typed'), delay)
    const missing = this.form?.missing()
    if (missing) this.wait(missing)
    else this.show('loading', words.state.loading)
  }

  /** The answer on show no longer belongs to the form. */
  withdraw() {
    this.turn = (this.turn ?? 0) + 1
    this.atOnce = ''
    part(this, 'assessment').textContent = ''
    part(this, 'trouble').hidden = true
    part(this, 'after').hidden = true
    part(this, 'answer').classList.add('yb-stale')
    part(this, 'headline').classList.add('yb-stale')
  }

  /** @param {Why} why */
  async update(why) {
    const { form, python } = this
    if (!form || !python) return
    clearTimeout(this.pause)
    this.withdraw()
    const turn = this.turn
    if (why !== 'link') this.keep()
    const missing = form.missing()
    if (missing && why === 'typed') return this.wait(missing)
    form.clearProblems()
    this.show('loading', python.state === 'ready' ? words.state.loading : words.state.booting)
    const given = form.case()
    this.tellAtOnce(given, turn)
    try {
      const reply = await python.ask(JSON.stringify(given))
      if (turn !== this.turn) return
      this.answered = turn
      if (reply.type === 'answer') this.answer(reply, why)
      else this.refuse(reply.field, reply.message, why)
    } catch (error) {
      if (turn === this.turn) this.fail(error)
    }
  }

  /**
   * The headline, where a table tells it before Python does, or instead of it where Python does not come up.
   * @param {import('./fragment.js').Case} given
   * @param {number | undefined} turn
   */
  async tellAtOnce(given, turn) {
    const told = await this.tables?.headline(given)
    if (!told || turn !== this.turn || turn === this.answered) return
    this.atOnce = told
    this.showAtOnce()
    performance.mark('yb:instant-answer')
    if (this.dataset.state === 'loading') this.show('instant', words.state.instant)
  }

  showAtOnce() {
    part(this, 'headline').textContent = this.atOnce ?? ''
    part(this, 'headline').classList.remove('yb-stale')
  }

  /** Not enough is filled in yet. @param {string} name the next question to answer */
  wait(name) {
    this.blank()
    const told = this.form?.touched.size ? say(words.state.missing, { what: this.form.wordsOf(name) }) : words.state.empty
    this.show('empty', told)
  }

  blank() {
    part(this, 'answer').replaceChildren()
    part(this, 'headline').textContent = ''
  }

  /**
   * @param {import('./protocol.js').Answer} reply text: the Assessment as Python wrote it
   * @param {Why} why
   */
  answer({ text, names, takeAway }, why) {
    const assessment = JSON.parse(text)
    const made = JSON.parse(takeAway)
    part(this, 'answer').replaceChildren(draw(assessment, JSON.parse(names), made, words))
    this.takeAway?.hold(text, made, assessment.case.as_of)
    part(this, 'headline').textContent = assessment.headline
    for (const name of ['answer', 'headline']) part(this, name).classList.remove('yb-stale')
    part(this, 'assessment').textContent = text
    part(this, 'after').hidden = false
    this.show('ready', words.state.ready)
    performance.mark('yb:python-answer')
    if (why === 'submitted') part(this, 'result').focus()
  }

  /**
   * The Case is wrong: say so beside the field. What nobody has answered yet, or does not know, is not wrong, only missing.
   * @param {string} field
   * @param {string} message
   * @param {Why} why
   */
  refuse(field, message, why) {
    const name = field.split('.')[0]
    if (this.form?.isUnknown(name) || (why === 'typed' && !this.form?.touched.has(name) && this.form?.boxes.has(name))) return this.wait(name)
    this.blank()
    const marked = this.form?.problem(field, message)
    this.show('error', words.state.error)
    this.trouble([marked ? words.problem.input : words.problem.link, message])
    if (why === 'submitted') marked?.focus()
  }

  /** @param {unknown} error */
  fail(error) {
    this.blank()
    this.showAtOnce()
    this.show('error', words.state.error)
    const falls = error instanceof Error && 'falls' in error ? /** @type {import('./ladder.js').NoPython} */ (error).falls : undefined // of either script's class
    const reasons = falls?.map(({ rung, step, reason }) => `${rung} · ${step} · ${reason}`) ?? [String(error)]
    const retry = h('button', { type: 'button', class: 'yb-button yb-main' }, words.problem.retry)
    retry.addEventListener('click', () => this.update('submitted'))
    this.trouble([falls ? words.problem.boot : words.problem.answer],
      h('ul', {}, ...words.problem.remedies.map((/** @type {string} */ remedy) => h('li', {}, remedy))),
      retry,
      h('details', { class: 'yb-diagnostics' }, h('summary', {}, words.problem.diagnostics), h('pre', {}, [...reasons, navigator.userAgent].join('\n'))))
  }

  /** What was typed stands in the address, so that it outlives a refresh, the back button, and a phone that puts the page away. */
  keep() {
    const address = this.form?.touched.size ? hashOf(this.form.case()) : location.pathname + location.search
    try {
      history.replaceState({ ...history.state, [TYPED]: true }, '', address)
    } catch {
      // some browsers and frames forbid it, or so much of it; then it is not kept
    }
  }

  /**
   * @param {string[]} sentences
   * @param {...Node} more
   */
  trouble(sentences, ...more) {
    const box = part(this, 'trouble')
    box.replaceChildren(...sentences.map((sentence) => h('p', {}, sentence)), ...more)
    box.hidden = false
  }

  /**
   * @param {State} state
   * @param {string} told
   */
  show(state, told) {
    const box = part(this, 'state')
    box.dataset.state = state
    box.textContent = told
    this.dataset.state = state
    part(this, 'result').setAttribute('aria-busy', String(state === 'loading'))
    this.showProgress()
  }

  showProgress() {
    const bar = /** @type {HTMLProgressElement} */ (part(this, 'progress'))
    bar.hidden = this.python?.state !== 'booting'
    bar.value = this.python?.share ?? 0
  }
}

/** The reader's place is filled in where nothing else is said. @param {Element} root @param {import('./fragment.js').Case} given */
const withPlace = (root, given) => {
  const place = given.place === undefined ? placeBefore(root) : ''
  return place ? { ...given, place } : given
}

if (able) customElements.define('yibao-calculator', YibaoCalculator)
