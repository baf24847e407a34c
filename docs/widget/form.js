/** The form on the page ↔ the Case: reads it, fills it, shows the questions that are asked in the words for the scheme. */
import { need } from './dom.js'
import { fieldsIn, giveUp, isUnknown, offer, QUESTION, questionAround, set, settleTicks, textIn, tick, wake } from './fields.js'
import { chooseProvince, showProvince } from './place.js'
import { clearProblem, showProblem } from './problems.js'
import { asked, caseOf, missing } from './questions.js'
import { addRow, fillRows, removeRow, rowsIn, textsIn } from './rows.js'
import { same, textOf } from './values.js'

/** @typedef {import('./questions.js').Question} Question */
/** @typedef {Record<string, unknown>} Case */

const DAY_OF_QUESTION = 'as_of'

export class Form {
  /**
   * @param {HTMLFormElement} root
   * @param {string} today ISO date
   */
  constructor(root, today) {
    this.root = root
    this.today = today
    /** @type {Map<string, HTMLElement>} */
    this.boxes = new Map()
    /** @type {Question[]} */
    this.questions = []
    /** @type {Record<string, Question[]>} */
    this.items = {}
    for (const box of root.querySelectorAll(QUESTION)) this.learn(/** @type {HTMLElement} */ (box))
    /** Names that a link has filled in: asked whatever the scheme. @type {Set<string>} */
    this.kept = new Set()
    /** What a link said that no field can hold, for the calculator to judge. @type {Map<string, unknown>} */
    this.beyond = new Map()
    /** Names that someone has answered. @type {Set<string>} */
    this.touched = new Set()
    root.addEventListener('click', (event) => this.clicked(event))
    if (textIn(this.box(DAY_OF_QUESTION)) === '') this.setToday()
    this.refresh()
  }

  /** @param {HTMLElement} box */
  learn(box) {
    const question = questionOf(box)
    this.boxes.set(question.name, box)
    this.questions.push(question)
    const template = box.querySelector('template')
    if (template) this.items[question.name] = Array.from(template.content.querySelectorAll(QUESTION), (item) => itemOf(/** @type {HTMLElement} */ (item)))
  }

  /** @param {string} name */
  box(name) {
    return /** @type {HTMLElement} */ (this.boxes.get(name))
  }

  /** @returns {import('./questions.js').Answers} */
  answers() {
    return Object.fromEntries(this.questions.map(({ name }) => {
      const items = this.items[name]
      return [name, items ? textsIn(this.box(name), items.map((item) => item.name)) : textIn(this.box(name))]
    }))
  }

  /** The Case that the form says now. */
  case() {
    const answers = this.answers()
    return { ...caseOf(this.questions, this.items, answers, asked(this.questions, answers, this.kept)), ...Object.fromEntries(this.beyond) }
  }

  /** The first question that must be answered before it makes sense to calculate; '' if there is none. */
  missing() {
    return missing(this.questions, this.case(), asked(this.questions, this.answers(), this.kept))?.name ?? ''
  }

  /**
   * A question as it is asked now.
   * @param {string} name
   */
  wordsOf(name) {
    const title = this.boxes.get(name)?.querySelector('legend, .yb-ask')
    const own = Array.from(title?.querySelectorAll('[data-yb-for]') ?? []).find((words) => !words.hasAttribute('hidden'))
    return (own ?? title)?.textContent?.trim() ?? name
  }

  /**
   * Put a Case into the form. What a field cannot hold is kept beyond it and stays in the Case until the reader changes it.
   * @param {Case} given
   */
  fill(given) {
    this.clear()
    for (const [name, value] of Object.entries(given)) {
      if (!this.boxes.has(name) || !this.put(this.box(name), value)) continue
      this.kept.add(name)
      this.touched.add(name)
    }
    if (textOf(given[DAY_OF_QUESTION]) === '') this.setToday()
    const held = /** @type {Case} */ (this.case())
    for (const [name, value] of Object.entries(given)) {
      if (value !== null && !same(held[name], value)) this.beyond.set(name, value)
    }
    this.refresh()
  }

  /**
   * @param {HTMLElement} box
   * @param {unknown} value
   * @returns {boolean} whether it says anything (null mostly means "not known")
   */
  put(box, value) {
    if (value === null) return tick(box, 'none')
    if (box.querySelector('template')) fillRows(box, value)
    else for (const field of fieldsIn(box)) set(field, textOf(value))
    return true
  }

  /** Back to empty, but for the day. */
  clear() {
    for (const box of this.boxes.values()) {
      rowsIn(box).forEach((row) => row.remove())
      wake(box)
    }
    this.root.reset()
    this.kept.clear()
    this.touched.clear()
    this.beyond.clear()
    this.clearProblems()
    this.setToday()
    this.refresh()
  }

  setToday() {
    for (const field of fieldsIn(this.box(DAY_OF_QUESTION))) field.value = this.today
  }

  /**
   * Someone has changed a field.
   * @param {Element} target
   */
  changed(target) {
    const box = questionAround(target)
    const name = box?.dataset.ybQ ?? ''
    if (!box) return
    if (target instanceof HTMLInputElement && target.type === 'checkbox') settleTicks(target)
    if (target instanceof HTMLSelectElement && target.dataset.yb === 'province') chooseProvince(box, target.value)
    this.touched.add(name)
    if (name === 'scheme') this.chosen()
    this.beyond.delete(name)
    this.forgetStrangers()
    clearProblem(target.closest(QUESTION))
    this.refresh()
  }

  /** Another scheme: what a link asked for the one before is not asked, and what is offered to others alone is not answered. */
  chosen() {
    this.kept.clear()
    for (const box of this.boxes.values()) giveUp(box, String(textIn(this.box('scheme')) ?? ''))
  }

  /** Keys of a link that no question goes by: they are told of once, not for ever. */
  forgetStrangers() {
    for (const key of this.beyond.keys()) if (!this.boxes.has(key)) this.beyond.delete(key)
  }

  /**
   * Whether someone has said "not known" to a question.
   * @param {string} name
   */
  isUnknown(name) {
    const box = this.boxes.get(name)
    return box !== undefined && isUnknown(box)
  }

  /** Show what is asked. */
  refresh() {
    const answers = this.answers()
    const names = asked(this.questions, answers, this.kept)
    for (const [name, box] of this.boxes) {
      box.hidden = !names.includes(name)
      offer(box, String(answers.scheme ?? ''))
      box.querySelectorAll('[data-yb-for]').forEach((words) => words.toggleAttribute('hidden', !speaksTo(words, String(answers.scheme ?? ''))))
      box.querySelector('[data-yb="lookup"]')?.toggleAttribute('hidden', !(isUnknown(box) || (name === 'place' && answers.place === 'CN')))
    }
    showProvince(this.box('place'))
  }

  /** @param {Event} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('[data-yb="add"], [data-yb="remove"]') : null
    const box = button && questionAround(button)
    if (!button || !box) return
    if (button.matches('[data-yb="add"]')) need(addRow(box), 'input, select').focus()
    else removeRow(box, /** @type {Element} */ (button.closest('[data-yb="item"]')))
    box.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /**
   * @param {string} path
   * @param {string} message
   */
  problem(path, message) {
    return showProblem(this.root, path, message)
  }

  clearProblems() {
    this.root.querySelectorAll(QUESTION).forEach(clearProblem)
  }
}

/**
 * @param {HTMLElement} box
 * @returns {Question}
 */
function questionOf(box) {
  const { ybQ = '', ybKind = '', ybSchemes = '', ybRequired = '', ybOnlyIf = '{}', ybUnless = '{}' } = box.dataset
  const names = (/** @type {string} */ list) => list.split(' ').filter(Boolean)
  return { name: ybQ, kind: ybKind, schemes: names(ybSchemes), required: names(ybRequired), onlyIf: JSON.parse(ybOnlyIf), unless: JSON.parse(ybUnless) }
}

/** @param {HTMLElement} box */
function itemOf(box) {
  const question = questionOf(box)
  return { ...question, name: question.name.slice(question.name.lastIndexOf('.') + 1) }
}

/**
 * @param {Element} words
 * @param {string} scheme
 */
function speaksTo(words, scheme) {
  const schemes = (words.getAttribute('data-yb-for') ?? '').split(' ')
  return scheme ? schemes.includes(scheme) : words.parentElement?.firstElementChild === words
}
