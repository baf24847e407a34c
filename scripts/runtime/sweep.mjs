// Drops from Pyodide's asm.mjs what nothing can reach: the glue of SDL, OpenGL, of loading further .so modules, and the thousands
// of names under which C functions are offered to such modules. Mark and sweep, by name alone: a name that occurs anywhere
// in live code, as identifier, property or string, keeps whatever is called so. Too much may stay, nothing needed can go.
import { parse } from 'acorn'

// In the loader of .so files: an eval that sees the names around it would keep the minifier from shortening any.
const DIRECT_EVAL = /(?<![\w.$])eval\(/g
const OPTIONS = { ecmaVersion: 'latest', sourceType: 'module' }
// Calls that would hang something on a main loop, or on the loading of .so files: neither ever runs here.
const HOOKS = new Set(['registerPreMainLoop', 'registerPostMainLoop', 'registerWasmPlugin'])
const QUIET = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'TemplateElement'])

/**
 * @param {string} source asm.mjs
 * @param {string[]} used names by which our own code uses what asm.mjs makes
 * @param {Set<string>} wanted names that the wasm module imports
 * @returns {{source: string, exports: string[]}} what is left, and the names that it uses of the wasm module's exports
 */
export function sweep(source, used, wanted) {
  const factory = parse(source, OPTIONS).body.find((statement) => statement.type === 'FunctionDeclaration')
  const statements = factory.body.body
  const { pieces, roots } = cut(statements, wanted)
  const live = mark(new Set([...namesIn(roots), ...used]), pieces)
  const kept = pieces.filter((piece) => live.has(piece))
  const exports = kept.filter((piece) => piece.exports).map((piece) => piece.exports)
  const names = namesIn([...roots, ...kept.map((piece) => piece.node)])
  return { source: without(source, statements, pieces, live).replaceAll(DIRECT_EVAL, '(0,eval)('), exports: [...new Set([...exports, ...names])] }
}

/**
 * What may be dropped, each under the name that keeps it, and what always stays.
 * @typedef {{name: string, node: any, exports?: string}} Piece   exports: what the wasm module calls it
 * @returns {{pieces: Piece[], roots: any[]}}
 */
function cut(statements, wanted) {
  const pieces = []
  const roots = []
  for (const node of statements) {
    if (node.type === 'FunctionDeclaration' && node.id.name === 'assignWasmExports') pieces.push(...node.body.body.map(exported))
    else if (node.type === 'FunctionDeclaration') pieces.push({ name: node.id.name, node })
    else if (node.type === 'VariableDeclaration') pieces.push(...node.declarations.flatMap((one) => declared(one, wanted, roots)))
    else if (HOOKS.has(node.expression?.callee?.name)) pieces.push({ name: undefined, node })
    else if (owner(node)) pieces.push({ name: owner(node), node })
    else roots.push(node)
  }
  return { pieces, roots }
}

/** `_x = Module["_x"] = wasmExports["x"]`, kept by `_x`. */
function exported(node) {
  const { left, right } = node.expression
  let from = right
  while (from.type === 'AssignmentExpression') from = from.right
  return { name: left.name ?? left.property.value, node, exports: from.property?.value ?? from.property?.name }
}

/** A variable may go where making it does nothing. Of the functions handed to wasm, those stay that it asks for. */
function declared(node, wanted, roots) {
  if (node.id.name === 'wasmImports') {
    for (const property of node.init.properties) if (wanted.has(keyOf(property))) roots.push(property)
    return node.init.properties.filter((property) => !wanted.has(keyOf(property))).map((property) => ({ name: undefined, node: property }))
  }
  if (node.id.type !== 'Identifier' || !quiet(node.init)) {
    roots.push(node)
    return []
  }
  return [{ name: node.id.name, node }]
}

function quiet(node) {
  if (!node || QUIET.has(node.type)) return true
  if (node.type === 'ArrayExpression') return node.elements.every(quiet)
  if (node.type === 'UnaryExpression') return quiet(node.argument)
  if (node.type === 'MemberExpression') return !node.computed && quiet(node.object)
  if (node.type === 'ObjectExpression') return node.properties.every((property) => property.type === 'Property' && !property.computed && quiet(property.value))
  return false
}

/** `f.sig = "…"` goes with `f`; `Module["x"] = f` and `FS.x = f` with the name x. */
function owner(node) {
  const { left, right } = node.expression ?? {}
  if (left?.type !== 'MemberExpression' || left.object.type !== 'Identifier' || !quiet(right)) return undefined
  if (left.object.name === 'Module' || left.object.name === 'FS') return keyOf({ key: left.property })
  return left.property.name === 'sig' ? left.object.name : undefined
}

const keyOf = (property) => property.key.name ?? property.key.value

/** @returns {Set<Piece>} the pieces that some names reach */
function mark(names, pieces) {
  const named = new Map()
  for (const piece of pieces) named.set(piece.name, [...(named.get(piece.name) ?? []), piece])
  const live = new Set()
  while (names.size) {
    const reached = [...names].flatMap((name) => named.get(name) ?? []).filter((piece) => !live.has(piece))
    for (const piece of reached) live.add(piece)
    names = namesIn(reached.filter((piece) => !piece.exports).map((piece) => piece.node))
  }
  return live
}

/** Every identifier, property and string below some nodes. @returns {Set<string>} */
function namesIn(nodes) {
  const names = new Set()
  const visit = (node) => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    else if (node && typeof node === 'object') {
      if (node.type === 'Identifier') names.add(node.name)
      else if (node.type === 'Literal' && typeof node.value === 'string') names.add(node.value)
      for (const key in node) if (typeof node[key] === 'object') visit(node[key])
    }
  }
  visit(nodes)
  return names
}

/** The source without the pieces that are not live. */
function without(source, statements, pieces, live) {
  const dropped = new Set(pieces.filter((piece) => !live.has(piece)).map((piece) => piece.node))
  const parts = []
  let from = 0
  const skip = (start, end, instead = '') => {
    parts.push(source.slice(from, start), instead)
    from = end
  }
  for (const node of statements.flatMap(parted)) {
    const list = node.declarations ?? node.properties
    const kept = list?.filter((one) => !dropped.has(one))
    if (dropped.has(node) || kept?.length === 0) skip(node.start, node.end)
    else if (list && kept.length < list.length) {
      const ends = [list[0].start, ...kept.map((one) => one.end)]
      const starts = [...kept.map((one) => one.start), list.at(-1).end]
      starts.forEach((start, index) => skip(ends[index], start, index && index < kept.length ? ',' : ''))
    }
  }
  return [...parts, source.slice(from)].join('')
}

/** A statement as the nodes that pieces may be taken from, in their order. */
function parted(node) {
  if (node.id?.name === 'assignWasmExports') return node.body.body
  const imports = node.declarations?.find((one) => one.id.name === 'wasmImports')
  return imports ? [imports.init] : [node]
}
