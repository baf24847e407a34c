/**
 * The shapes of what Python answers (schema: `python -m calculator schema assessment`), as far as the page reads them.
 *
 * @typedef {object} Alternative
 * @property {string} text
 * @property {string[]} rules
 * @property {'in_force' | 'unclear'} standing
 * @property {string | null} note
 *
 * @typedef {object} Answer
 * @property {string} text   ready Chinese for the three bounds
 * @property {unknown} value
 * @property {unknown} low
 * @property {unknown} high
 * @property {'city' | 'province' | 'national' | 'none'} basis
 * @property {string[]} rules
 * @property {Alternative[]} alternatives
 * @property {string | null} note
 *
 * @typedef {object} StepLine
 * @property {string} sentence
 * @property {string} rule   its id
 * @property {string} document   its title
 * @property {string | null} clause
 * @property {string | null} effective_from
 * @property {string} grade
 * @property {string} confidence
 *
 * @typedef {object} Way   one of the ways still open
 * @property {string} id
 * @property {string} title
 * @property {Answer} restored
 * @property {Answer} cost
 * @property {string[]} loses
 * @property {string[]} [notes]
 *
 * @typedef {object} Advice
 * @property {Way[]} rows
 * @property {string[]} earliest   ids of the rows that are so for certain
 * @property {string[]} cheapest
 * @property {{date: string, text: string}[]} last_days
 * @property {string | null} [note]
 *
 * @typedef {object} Assessment
 * @property {string} headline
 * @property {{text: string}} lapse
 * @property {Answer} benefits_stop_on
 * @property {Answer} waiting
 * @property {Answer} benefits_resume_on
 * @property {Answer} retroactive
 * @property {Answer} payment_effect
 * @property {Record<string, Answer>} use_now
 * @property {Record<string, Answer & {payer: string}>} cost
 * @property {{month: string, amount: string, due_on: string | null, days_late: number | null, late_fee: string | null, payer: string}[]} arrears
 * @property {Record<string, Answer>} account
 * @property {{date: string, covered: Answer, ratio: Answer, fund_pays: Answer, self_pay: Answer, claim: Answer}[]} treatments
 * @property {StepLine[]} steps
 * @property {{id: string, says: string, verdict: string, key: string, text: string, note: string | null}[]} claims
 * @property {{key: string, date: string, exact: boolean, days_left: number, text: string, rules: string[]}[]} deadlines
 * @property {string[]} warnings
 * @property {string[]} verify_with
 * @property {{need: string, title: string, channels: {id: string, name: string, reach: string | null, everywhere: boolean, how: string[]}[]}[]} where
 * @property {{version: string, hash: string}} rulebook
 * @property {{as_of: string}} case
 * @property {Advice} [advice]
 *
 * @typedef {{title: string, ours: boolean, clause: string | null, grade: string, seen: string}} Source   ours: a summary of our own, no document
 * @typedef {{rules: Record<string, {title: string, sources: Source[]}>}} Names   what bridge.py adds, by rule id
 * @typedef {{svg: string, ics: string | null, summary: string, asked: string}} TakeAway   what bridge.py makes of it
 */
export {}
