/**
 * What a reader takes along: the link, the calendar, the text to send, the JSON, the printed page. All texts are Python's; here
 * they are copied or saved, on the reader's own machine.
 */
import { h, part, say } from './dom.js'

const KEPT_MS = 60_000
/** What chat and payment apps show pages in: it saves no files and prints nothing, and does not say so. */
const IN_AN_APP = /MicroMessenger|AlipayClient|DingTalk| QQ\//

export class TakeAway {
  /**
   * @param {HTMLElement} box the buttons, and under them the place to say what became of it
   * @param {Record<string, string>} words
   * @param {() => string} link the page's address with the whole Case in it
   */
  constructor(box, words, link) {
    this.box = box
    this.words = words
    this.link = link
    /** @type {(() => void)[]} */
    const actions = [
      () => this.copy(link(), words.copied, words.copy_by_hand),
      () => this.save('text/calendar', 'ics', this.made?.ics ?? '', words.calendar_saved),
      () => this.copy(this.made?.summary ?? '', words.text_copied, words.text_by_hand),
      () => this.save('application/json', 'json', this.text ?? '', words.json_saved),
      () => this.print(),
    ]
    for (const [index, name] of ['copy', 'calendar', 'copy_text', 'json', 'print'].entries()) part(box, name).addEventListener('click', actions[index])
  }

  /**
   * The answer that is on show from now on.
   * @param {string} text the Assessment
   * @param {import('./assessment.js').TakeAway} made
   * @param {string} day the day of the question; files are named by it
   */
  hold(text, made, day) {
    this.text = text
    this.made = made
    this.day = day
    part(this.box, 'calendar').hidden = made.ics === null
    part(this.box, 'share').hidden = true
  }

  /**
   * @param {string} text
   * @param {string} done
   * @param {string} byHand what to do where the browser will not copy
   */
  async copy(text, done, byHand) {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
    const lines = text.split('\n').length
    const field = lines > 1 ? h('textarea', { class: 'yb-input', rows: String(lines) }) : h('input', { class: 'yb-input' })
    field.value = text
    field.readOnly = true
    field.setAttribute('aria-label', byHand)
    this.say(h('p', {}, copied ? done : byHand), field)
    if (!copied) field.select()
  }

  /**
   * @param {string} type
   * @param {string} ending
   * @param {string} text
   * @param {string} done
   */
  save(type, ending, text, done) {
    if (this.sentOutside()) return
    const name = `yibao-${this.day}.${ending}`
    const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
    h('a', { href, download: name }).click()
    setTimeout(() => URL.revokeObjectURL(href), KEPT_MS)
    this.say(h('p', {}, say(done, { name })))
  }

  print() {
    if (!this.sentOutside()) window.print()
  }

  /** Inside an app the way is out of it; the whole Case goes along in the address. @returns {boolean} */
  sentOutside() {
    if (!IN_AN_APP.test(navigator.userAgent) && 'print' in window) return false
    history.replaceState(history.state, '', this.link())
    this.say(h('p', {}, this.words.in_app))
    return true
  }

  /** @param {...Node} told */
  say(...told) {
    const share = part(this.box, 'share')
    share.replaceChildren(...told)
    share.hidden = false
  }
}
