import assert from 'node:assert/strict'
import test from 'node:test'

globalThis.navigator ??= {} // Node 20 has none
globalThis.document = { baseURI: 'http://127.0.0.1/calculator/' }
const { Ladder, NoPython } = await import('../../docs/widget/ladder.js')
const { STALL_MS } = await import('../../docs/widget/protocol.js')

const asset = (name) => ({ url: `../assets/${name}`, size: 1 })
const rung = (name) => ({ name, worker: asset('worker.js'), wasm: asset('python.wasm'), stdlib: asset('library.zip') })
const runtime = { packed: false, rulebook: asset('rulebook.json'), rungs: [rung('bundle'), rung('stock')] }

/** A worker that behaves as `script[rung]` says. */
function workers(script) {
  const started = []
  globalThis.Worker = class {
    constructor(url) {
      this.url = url
      started.push(this)
    }
    postMessage(message) {
      if (message.type === 'boot') this.rung = message.rung
      queueMicrotask(() => this.ended || script[this.rung]?.(message, (reply) => this.onmessage({ data: reply }), this))
    }
    terminate() { this.ended = true }
  }
  return started
}
const works = (message, say) => {
  if (message.type === 'boot') say({ type: 'ready', rung: message.rung, rulebook: '1' })
  else say({ type: 'answer', id: message.id, text: `answer to ${message.text}`, names: '{}' })
}
const fails = (message, say) => say({ type: 'failed', step: 'download', reason: 'HTTP 404' })

test('the first rung answers when it works', async () => {
  const started = workers({ bundle: works })
  const ladder = new Ladder(runtime)
  assert.equal((await ladder.ask('{}')).text, 'answer to {}')
  assert.equal(ladder.rung, 'bundle')
  assert.equal(started[0].url, 'http://127.0.0.1/assets/worker.js')
})

test('a rung that fails is ended, the next one answers, and the reason is kept', async () => {
  const started = workers({ bundle: fails, stock: works })
  const ladder = new Ladder(runtime)
  assert.equal((await ladder.ask('{}')).type, 'answer')
  assert.deepEqual(ladder.falls, [{ rung: 'bundle', step: 'start', reason: 'HTTP 404' }])
  assert.equal(ladder.rung, 'stock')
  assert.ok(started[0].ended)
})

test('a rung that falls silent is given up after a while', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  workers({ bundle: (message, say) => say({ type: 'progress', step: 'python', share: 0.5 }), stock: works })
  const ladder = new Ladder(runtime)
  const answer = ladder.ask('{}')
  await settled()
  context.mock.timers.tick(STALL_MS.python - 1)
  assert.equal(ladder.state, 'booting')
  context.mock.timers.tick(1)
  assert.equal((await answer).type, 'answer')
  assert.match(ladder.falls[0].reason, /no progress/)
})

test('a worker that dies while it answers hands the question to the next rung', async () => {
  const dies = (message, say, worker) => (message.type === 'boot' ? works(message, say) : worker.onerror({ message: 'out of memory' }))
  workers({ bundle: dies, stock: works })
  assert.equal((await new Ladder(runtime).ask('{"a":1}')).text, 'answer to {"a":1}')
})

test('when no rung is left, every question hears why', async () => {
  workers({ bundle: fails, stock: fails })
  const ladder = new Ladder(runtime)
  await assert.rejects(ladder.ask('{}'), (error) => error instanceof NoPython && error.falls.length === 2)
  await assert.rejects(new Ladder(runtime).up(), NoPython)
})

test('after a failure one can try again', async () => {
  workers({ bundle: fails, stock: fails })
  const ladder = new Ladder(runtime)
  await assert.rejects(ladder.ask('{}'))
  workers({ bundle: works })
  assert.equal((await ladder.ask('{}')).type, 'answer')
})

test('a browser without workers is a failure like any other', async () => {
  delete globalThis.Worker
  await assert.rejects(new Ladder(runtime).ask('{}'), NoPython)
})

test('a refused Case is an answer to its question', async () => {
  const refuses = (message, say) => (message.type === 'boot' ? works(message, say) : say({ type: 'refused', id: message.id, field: 'paid_on', message: '写错了' }))
  workers({ bundle: refuses })
  assert.equal((await new Ladder(runtime).ask('{}')).field, 'paid_on')
})

/** Lets everything that is due now happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
