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
 *
 * @typedef {object} Assessment
 * @property {string} headline
 * @property {{text: string}} lapse
 * @property {Answer} benefits_stop_on
 * @property {Answer} waiting
 * @property {Answer} benefits_resume_on
 * @property {Answer} retroactive
 * @property {Answer} payment_effect
 * @property {Record<string, Answer & {payer: string}>} cost
 * @property {Record<string, Answer>} account
 * @property {{date: string, covered: Answer, fund_pays: Answer, self_pay: Answer}[]} treatments
 * @property {StepLine[]} steps
 * @property {{id: string, says: string, verdict: string}[]} claims
 * @property {string[]} warnings
 * @property {string[]} verify_with
 * @property {{version: string, hash: string}} rulebook
 *
 * @typedef {{title: string, ours: boolean, clause: string | null, grade: string, seen: string}} Source   ours: a summary of our own, no document
 * @typedef {{rules: Record<string, {title: string, sources: Source[]}>}} Names   what bridge.py adds, by rule id
 */
export {}
