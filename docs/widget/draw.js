/**
 * An Assessment as a page. Its sentences come from the calculator (`text`, `note`, `sentence` …), the headings from words.yml;
 * what is written here is only where each thing stands.
 *
 * @typedef {import('./assessment.js').Assessment} Assessment
 * @typedef {import('./assessment.js').Answer} Answer
 * @typedef {import('./assessment.js').Names} Names
 * @typedef {any} Words   words.yml
 */
import { h, say } from './dom.js'

const FACTS = /** @type {const} */ (['benefits_stop_on', 'waiting', 'benefits_resume_on', 'payment_effect', 'retroactive'])

/**
 * @param {Assessment} assessment
 * @param {Names} names
 * @param {Words} words
 */
export function draw(assessment, names, words) {
  const pen = new Pen(names, words)
  const drawn = document.createDocumentFragment()
  drawn.append(...[
    pen.facts(assessment),
    pen.warnings(assessment.warnings),
    pen.costs(assessment.cost),
    pen.treatments(assessment.treatments),
    pen.steps(assessment.steps),
    pen.account(assessment.account),
    pen.claims(assessment.claims),
    pen.verify(assessment.verify_with),
    pen.foot(assessment.rulebook),
  ].filter((section) => section !== null))
  return drawn
}

class Pen {
  /**
   * @param {Names} names
   * @param {Words} words
   */
  constructor(names, words) {
    this.names = names
    this.words = words
    /** @type {Record<string, string>} */
    this.titles = words.answer
  }

  /**
   * @param {string} title
   * @param {...(Node | Node[])} content
   */
  section(title, ...content) {
    return h('section', { class: 'yb-part' }, h('h3', { class: 'yb-subtitle' }, title), ...content)
  }

  /**
   * A section that is closed until someone wants it.
   * @param {string} title
   * @param {...(Node | Node[])} content
   */
  aside(title, ...content) {
    return h('details', { class: 'yb-part yb-aside' }, h('summary', {}, h('h3', {}, title)), ...content)
  }

  /** @param {Assessment} assessment */
  facts(assessment) {
    const lapse = h('div', { class: 'yb-fact' }, h('dt', {}, this.titles.lapse), h('dd', {}, h('p', { class: 'yb-value' }, assessment.lapse.text)))
    return this.section(this.titles.facts, h('dl', { class: 'yb-facts' }, lapse, ...FACTS.map((key) => this.fact(this.titles[key], assessment[key], key))))
  }

  /**
   * @param {string} title
   * @param {Answer} answer
   * @param {string} key
   */
  fact(title, answer, key) {
    return h('div', { class: 'yb-fact', 'data-yb-fact': key }, h('dt', {}, title), h('dd', {}, this.answer(answer)))
  }

  /**
   * What is known, on what level it rests, and what else is said.
   * @param {Answer} answer
   */
  answer(answer) {
    const unknown = [answer.value, answer.low, answer.high].every((bound) => bound === null)
    return [
      h('p', { class: unknown ? 'yb-value yb-unknown' : 'yb-value' }, answer.text, answer.basis === 'none' ? null : this.badge(answer.basis)),
      ...(answer.note ? [h('p', { class: 'yb-note' }, answer.note)] : []),
      ...this.alternatives(answer),
    ]
  }

  /** @param {string} basis */
  badge(basis) {
    return h('span', { class: `yb-badge yb-basis-${basis}` }, this.words.basis[basis] ?? basis)
  }

  /** @param {Answer} answer */
  alternatives({ alternatives }) {
    if (alternatives.length === 0) return []
    const items = alternatives.map((other) => h('li', {},
      h('strong', {}, other.text), ' ',
      h('span', { class: 'yb-badge' }, this.words.standing[other.standing] ?? other.standing),
      other.note ? h('span', { class: 'yb-note' }, other.note) : null,
      ...other.rules.flatMap((rule) => this.sources(rule)),
    ))
    return [h('details', { class: 'yb-others' }, h('summary', {}, say(this.titles.alternatives, { n: String(items.length) })), h('ul', {}, ...items))]
  }

  /** @param {string} rule */
  sources(rule) {
    const known = this.names.rules[rule]?.sources ?? []
    return known.slice(0, 1).map((source) => this.cite(source.title, source.clause, source.grade, undefined, source))
  }

  /**
   * A document as what it is: title, clause, kind of copy, since when it holds, when it was seen; or a summary of our own.
   * @param {string} title
   * @param {string | null} clause
   * @param {string} grade
   * @param {string | null | undefined} since null = not known; undefined = not asked here
   * @param {import('./assessment.js').Source | undefined} source
   */
  cite(title, clause, grade, since, source) {
    const { ours, seen } = source ?? {}
    const facts = [
      clause ?? (ours ? '' : this.titles.clause_unknown),
      this.words.grade[grade] ?? grade,
      since === undefined ? '' : since === null ? this.titles.since_unknown : say(this.titles.since, { date: since }),
      seen ? say(this.titles.seen, { date: seen }) : '',
    ]
    return h('span', { class: 'yb-source' }, ours ? this.titles.ours : this.titles.source, h('cite', {}, title), ` · ${facts.filter(Boolean).join(' · ')}`)
  }

  /** @param {string[]} warnings */
  warnings(warnings) {
    return warnings.length ? h('section', { class: 'yb-part yb-warnings' }, h('h3', { class: 'yb-subtitle' }, this.titles.warnings), list(warnings)) : null
  }

  /** @param {Assessment['cost']} cost */
  costs(cost) {
    const rows = Object.entries(cost).map(([key, answer]) => [
      h('th', { scope: 'row' }, this.titles[key]),
      h('td', {}, this.answer(answer)),
      h('td', {}, this.words.payer[answer.payer] ?? answer.payer),
    ])
    return this.section(this.titles.cost, table([this.titles.item, this.titles.result, this.titles.payer], rows))
  }

  /** @param {Assessment['treatments']} treatments */
  treatments(treatments) {
    if (treatments.length === 0) return null
    const keys = /** @type {const} */ (['covered', 'fund_pays', 'self_pay'])
    const visits = treatments.map((visit, index) => [
      h('h4', { class: 'yb-visit' }, visit.date),
      h('dl', { class: 'yb-facts' }, ...keys.map((key) => this.fact(this.titles[key], visit[key], `treatments.${index}.${key}`))),
    ])
    return this.section(this.titles.treatments, ...visits)
  }

  /** @param {Assessment['account']} account */
  account(account) {
    const facts = Object.entries(account).map(([key, answer]) => this.fact(this.titles[key], answer, `account.${key}`))
    return this.aside(this.titles.account, h('dl', { class: 'yb-facts' }, ...facts))
  }

  /** @param {Assessment['steps']} steps */
  steps(steps) {
    if (steps.length === 0) return null
    const items = steps.map((step) => {
      const source = this.names.rules[step.rule]?.sources.find(({ title }) => title === step.document)
      return h('li', {}, h('p', {}, step.sentence), this.cite(step.document, step.clause, step.grade, step.effective_from, source))
    })
    return this.section(this.titles.steps, h('ol', { class: 'yb-steps' }, ...items))
  }

  /** @param {Assessment['claims']} claims */
  claims(claims) {
    if (claims.length === 0) return null
    const items = claims.map((claim) => h('li', {}, claim.says, ' ', h('span', { class: `yb-badge yb-verdict-${claim.verdict}` }, this.words.verdict[claim.verdict] ?? claim.verdict)))
    return this.aside(say(this.titles.claims, { n: String(items.length) }), h('ul', {}, ...items))
  }

  /** @param {string[]} channels */
  verify(channels) {
    return channels.length ? this.section(this.titles.verify_with, list(channels)) : null
  }

  /** @param {Assessment['rulebook']} rulebook */
  foot({ version, hash }) {
    const words = say(this.titles.rulebook, { version, hash: hash.replace('sha256:', '').slice(0, 12) })
    return h('footer', { class: 'yb-foot' }, h('p', {}, this.titles.unofficial), h('p', { title: hash }, words))
  }
}

/** @param {string[]} sentences */
const list = (sentences) => h('ul', {}, ...sentences.map((sentence) => h('li', {}, sentence)))

/**
 * @param {string[]} heads
 * @param {Node[][]} rows
 */
function table(heads, rows) {
  const head = h('tr', {}, ...heads.map((title) => h('th', { scope: 'col' }, title)))
  return h('div', { class: 'yb-scroll', tabindex: '0' }, h('table', { class: 'yb-table' }, h('thead', {}, head), h('tbody', {}, ...rows.map((row) => h('tr', {}, row)))))
}
