/** node search.mjs WORKER < {config, docs, questions}: what the search hands over to be put into the page, one list a question. */
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

const waiting = []
const heard = []
const scope = { console, TextDecoder, performance, addEventListener: (_, listener) => heard.push(listener), postMessage: (data) => waiting.shift()?.(data) }
scope.self = scope
vm.runInContext(readFileSync(process.argv[2], 'utf8'), vm.createContext(scope))
const tell = (data) => new Promise((resolve) => {
  waiting.push(resolve)
  for (const listener of heard) listener({ data, stopImmediatePropagation() {} })
})

const { config, docs, questions } = JSON.parse(readFileSync(0, 'utf8'))
await tell({ type: 0, data: { config, docs, options: { suggest: false } } })
const found = []
for (const data of questions) found.push((await tell({ type: 2, data })).data.items.flat())
console.log(JSON.stringify(found))
