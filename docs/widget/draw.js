/**
 * An Assessment as a page. Its sentences come from the calculator (`text`, `note`, `sentence` …), the headings from words.yml;
 * what is written here is only where each thing stands.
 *
 * @typedef {import('./assessment.js').Assessment} Assessment
 * @typedef {import('./assessment.js').Answer} Answer
 * @typedef {import('./assessment.js').Names} Names
 * @typedef {import('./assessment.js').TakeAway} TakeAway
 * @typedef {any} Words   words.yml
 */
import { alike } from './alike.js'
import { h, say } from './dom.js'
import { list, table, warned } from './lists.js'
import { places } from './places.js'
import { said } from './said.js'

const FACTS = /** @type {const} */ (['benefits_stop_on', 'waiting', 'benefits_resume_on', 'payment_effect', 'retroactive'])

/**
 * @param {Assessment} assessment
 * @param {Names} names
 * @param {TakeAway} takeAway
 * @param {Words} words
 */
export function draw(assessment, names, takeAway, words) {
  const pen = new Pen(names, words)
  const drawn = document.createDocumentFragment()
  drawn.append(...[
    h('p', { class: 'yb-asked' }, takeAway.asked),
    h('div', { class: 'yb-top' }, pen.picture(takeAway.svg), pen.facts(assessment)),
    pen.now(assessment.use_now),
    pen.advice(assessment.advice),
    pen.deadlines(assessment.deadlines),
    pen.warnings(assessment.warnings),
    pen.costs(assessment.cost, assessment.arrears),
    pen.treatments(assessment.treatments),
    pen.steps(assessment.steps),
    pen.account(assessment.account),
    ...pen.groups(assessment),
    pen.claims(assessment.claims),
    pen.where(assessment.where),
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

  /**
   * The picture as Python drew it. Read as XML, where nothing runs and nothing loads.
   * @param {string} svg
   */
  picture(svg) {
    const drawn = document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true)
    return h('section', { class: 'yb-part yb-picture' }, h('h3', { class: 'yb-subtitle' }, this.titles.timeline), drawn)
  }

  /**
   * The ways still open, side by side, with the last day of each better one.
   * @param {Assessment['advice']} advice
   */
  advice(advice) {
    if (!advice || (advice.rows.length === 0 && advice.last_days.length === 0 && !advice.note)) return null
    const heads = [this.titles.way, this.titles.restored, this.titles.price, this.titles.loses]
    const last = advice.last_days.length ? [h('div', { class: 'yb-lasts' }, list(advice.last_days.map(({ text }) => text)))] : []
    const all = advice.rows.length > 1 ? advice.rows[0].loses.filter((said) => advice.rows.every(({ loses }) => loses.includes(said))) : []
    const rows = advice.rows.map((way) => {
      const loses = way.loses.filter((said) => !all.includes(said))
      const cells = [way.restored.text, way.cost.text, loses.length ? list(loses) : '–']
      return [
        h('th', { scope: 'row', role: 'rowheader' }, way.title, ...this.marks(way.id, advice)),
        ...cells.map((said, index) => h('td', { role: 'cell', 'data-yb-head': heads[index + 1] }, said)),
      ]
    })
    const notes = [...all.map((said) => say(this.titles.all_ways, { said })), ...new Set(advice.rows.flatMap((way) => way.notes ?? [])), advice.note ?? '']
    const under = notes.filter(Boolean).map((said) => h('p', { class: 'yb-note' }, said))
    return this.section(this.titles.advice, ...last, ...(rows.length ? [table(heads, rows, 'yb-ways')] : []), ...under)
  }

  /**
   * @param {string} id
   * @param {import('./assessment.js').Advice} advice
   */
  marks(id, advice) {
    return /** @type {const} */ (['earliest', 'cheapest']).filter((best) => advice[best].includes(id)).map((best) => h('span', { class: 'yb-badge yb-best' }, this.titles[best]))
  }

  /** Every date that matters, in order. @param {Assessment['deadlines']} deadlines */
  deadlines(deadlines) {
    return deadlines.length ? this.aside(this.titles.deadlines, list(deadlines.map(({ text }) => text))) : null
  }

  /** What else a person asks: groups of answers, closed until someone wants them. @param {Assessment} assessment */
  groups(assessment) {
    return Object.entries(this.words.groups).map(([group, { title, ...titles }]) => {
      const facts = Object.entries(titles).flatMap(([key, asks]) => {
        const answer = Reflect.get(assessment, group)?.[key]
        return answer ? [this.fact(asks, answer, `${group}.${key}`)] : []
      })
      return facts.length ? this.aside(title, h('dl', { class: 'yb-facts' }, ...facts)) : null
    })
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
   * A document as what it is: title, clause, kind of copy, since when it holds, how sure, when it was seen; or a summary of our own.
   * @param {string} title
   * @param {string | null} clause
   * @param {string} grade
   * @param {string | null | undefined} since null = not known; undefined = not asked here
   * @param {import('./assessment.js').Source | undefined} source
   * @param {string} [confidence]
   */
  cite(title, clause, grade, since, source, confidence) {
    const { ours, seen } = source ?? {}
    const facts = [
      clause ?? (ours ? '' : this.titles.clause_unknown),
      this.words.grade[grade] ?? grade,
      since === undefined ? '' : since === null ? this.titles.since_unknown : say(this.titles.since, { date: since }),
      confidence ? this.words.confidence[confidence] ?? confidence : '',
      seen ? say(this.titles.seen, { date: seen }) : '',
    ]
    return h('span', { class: 'yb-source' }, ours ? this.titles.ours : this.titles.source, h('cite', {}, title), ` · ${facts.filter(Boolean).join(' · ')}`)
  }

  /** @param {string[]} warnings */
  warnings(warnings) {
    return warnings.length ? h('section', { class: 'yb-part yb-warnings' }, h('h3', { class: 'yb-subtitle' }, this.titles.warnings), warned(warnings)) : null
  }

  /** @param {Assessment['use_now']} now */
  now(now) {
    const facts = alike(now, this.titles, this.words.all).map(({ keys, title, answer }) => this.fact(title, answer, keys.map((key) => `use_now.${key}`).join(' ')))
    return this.section(this.titles.use_now, h('dl', { class: 'yb-facts' }, ...facts))
  }

  /**
   * @param {Assessment['cost']} cost
   * @param {Assessment['arrears']} arrears
   */
  costs(cost, arrears) {
    const rows = Object.entries(cost).map(([key, answer]) => [
      h('th', { scope: 'row', role: 'rowheader' }, this.titles[key]),
      h('td', { role: 'cell' }, this.answer(answer)),
      h('td', { role: 'cell' }, this.words.payer[answer.payer] ?? answer.payer),
    ])
    return this.section(this.titles.cost, table([this.titles.item, this.titles.result, this.titles.payer], rows, 'yb-costs'), this.months(arrears))
  }

  /** What is owed month by month. @param {Assessment['arrears']} arrears */
  months(arrears) {
    if (arrears.length === 0) return []
    const heads = ['month', 'amount', 'due_on', 'days_late', 'month_fee', 'payer'].map((key) => this.titles[key])
    const rows = arrears.map(({ month, amount, due_on, days_late, late_fee, payer }) => [
      h('th', { scope: 'row', role: 'rowheader' }, month),
      ...[amount, due_on, days_late, late_fee, this.words.payer[payer]].map((cell) => h('td', { role: 'cell' }, String(cell ?? this.titles.not_known))),
    ])
    return [h('details', { class: 'yb-others' }, h('summary', {}, this.titles.arrears), table(heads, rows, 'yb-months'))]
  }

  /** @param {Assessment['treatments']} treatments */
  treatments(treatments) {
    if (treatments.length === 0) return null
    const keys = /** @type {const} */ (['covered', 'ratio', 'fund_pays', 'self_pay', 'claim'])
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
    let before = ''
    const items = steps.map((step) => {
      const source = this.names.rules[step.rule]?.sources.find(({ title }) => title === step.document)
      const cited = this.cite(step.document, step.clause, step.grade, step.effective_from, source, step.confidence)
      if (cited.textContent === before) cited.dataset.ybSame = this.titles.same_source // on paper said once
      before = cited.textContent ?? ''
      return h('li', {}, h('p', {}, step.sentence), cited)
    })
    return this.section(this.titles.steps, h('ol', { class: 'yb-steps' }, ...items))
  }

  /** @param {Assessment['claims']} claims */
  claims(claims) {
    if (claims.length === 0) return null
    return this.aside(say(this.titles.claims, { n: String(claims.length) }), ...said(claims, this.words))
  }

  /** @param {Assessment['where']} where */
  where(where) {
    return where.length ? this.aside(this.titles.where, ...places(where, this.words)) : null
  }

  /** @param {string[]} channels */
  verify(channels) {
    return channels.length ? h('section', { class: 'yb-part yb-verify' }, h('h3', { class: 'yb-subtitle' }, this.titles.verify_with), list(channels)) : null
  }

  /** @param {Assessment['rulebook']} rulebook */
  foot({ version, hash }) {
    const words = say(this.titles.rulebook, { version, hash: hash.replace('sha256:', '').slice(0, 12) })
    return h('footer', { class: 'yb-foot' }, h('p', {}, this.titles.unofficial), h('p', { title: hash }, words))
  }
}
