/** Like answers under one name: what the fund does for a stay in hospital it mostly does for the rest, and is then said once. */

/** @typedef {import('./assessment.js').Answer} Answer */

/**
 * Answers that agree in every word, together, in the order of the first of each.
 * @param {Record<string, Answer>} answers
 * @param {Record<string, string>} titles
 * @param {Record<string, string>} all   what a yes or a no of several is called
 * @returns {{keys: string[], title: string, answer: Answer}[]}
 */
export function alike(answers, titles, all) {
  /** @type {Map<string, {keys: string[], answer: Answer}>} */
  const groups = new Map()
  for (const [key, answer] of Object.entries(answers)) {
    const words = JSON.stringify(answer)
    groups.set(words, { answer, keys: [...(groups.get(words)?.keys ?? []), key] })
  }
  return Array.from(groups.values(), ({ keys, answer }) => ({
    keys,
    title: keys.map((key) => titles[key]).join('、'),
    answer: keys.length > 1 ? { ...answer, text: all[String(answer.value)] ?? answer.text } : answer,
  }))
}
