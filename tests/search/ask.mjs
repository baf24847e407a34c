/**
 * Asks the search as shipped: the worker of a built site with that site's index, by the messages that the theme's page sends.
 *
 *     node ask.mjs SITE < questions.json       a list of what is typed → a list of lists: the pages found, best first
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'

const [site] = process.argv.slice(2)
const assets = join(site, 'assets')
const [file] = readdirSync(assets).filter((name) => /^search-worker\..*\.js$/.test(name))

/** The worker's side: what it posts waits here for whoever asked. */
const waiting = []
const heard = []
const scope = { console, TextDecoder, performance, addEventListener: (_, listener) => heard.push(listener), postMessage: (data) => waiting.shift()?.(data) }
scope.self = scope
vm.runInContext(readFileSync(join(assets, file), 'utf8'), vm.createContext(scope), { filename: file })

function tell(data) {
  return new Promise((resolve) => {
    waiting.push(resolve)
    for (const listener of heard) listener({ data, stopImmediatePropagation() {} })
  })
}

/** As the page reads it: hosted from JSON, offline from a script. */
function index() {
  const folder = join(site, 'search')
  if (readdirSync(folder).includes('search_index.json')) return JSON.parse(readFileSync(join(folder, 'search_index.json'), 'utf8'))
  const page = vm.createContext({})
  vm.runInContext(readFileSync(join(folder, 'search_index.js'), 'utf8'), page)
  return JSON.parse(JSON.stringify(vm.runInContext('__index', page)))
}

const started = performance.now()
const { config, docs } = index()
await tell({ type: 0, data: { config, docs, options: { suggest: false } } })
const ready = performance.now() - started
const found = []
for (const question of JSON.parse(readFileSync(0, 'utf8'))) {
  const { data } = await tell({ type: 2, data: question })
  found.push(data.items.map(([first]) => first.location.split('#')[0]))
}
console.log(JSON.stringify({ ready, took: performance.now() - started - ready, found }))
