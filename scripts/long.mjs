// What scripts/walls.py cannot see: functions of JavaScript that are too long, one line each. Arguments: how many lines, then files.
import { readFileSync } from 'node:fs'
import { parse } from 'acorn'

const [most, ...files] = process.argv.slice(2)

/** @param {any} node @returns {Generator<any>} every function in it */
function* functions(node) {
  if (Array.isArray(node)) for (const one of node) yield* functions(one)
  else if (node?.type) {
    if (/^(Function|Arrow)/.test(node.type)) yield node
    for (const part of Object.values(node)) if (typeof part === 'object') yield* functions(part)
  }
}

/** @param {any} statement a script that is no module wraps itself in a function called on the spot: that is the module */
const wrapped = ({ expression }) => (expression?.type === 'CallExpression' ? expression.callee : undefined)

for (const file of files) {
  const { body } = parse(readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module', locations: true })
  const wraps = new Set(body.map(wrapped))
  for (const one of functions(body)) {
    const lines = one.loc.end.line - one.loc.start.line + 1
    if (lines > Number(most) && !wraps.has(one)) console.log(`${file}:${one.loc.start.line}: ${lines} lines; a function has at most ${most}`)
  }
}
