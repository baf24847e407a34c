/** Elements in one line. Text is always text: nothing that comes from outside is ever read as HTML. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(.../** @type {(Node | string)[]} */ (children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== '')))
  return element
}

/**
 * The first match within `root`, which must be there.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function need(root, selector) {
  const found = root.querySelector(selector)
  if (!(found instanceof HTMLElement)) throw new Error(`missing in the page: ${selector}`)
  return found
}

/**
 * The first match within `root` that has this `data-yb` name.
 * @param {ParentNode} root
 * @param {string} name
 */
export const part = (root, name) => need(root, `[data-yb="${name}"]`)

/**
 * Fill the gaps of a sentence: `{date}` and the like.
 * @param {string} pattern
 * @param {Record<string, string>} values
 */
export const say = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap)
