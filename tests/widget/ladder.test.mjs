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

/** The folder of an offline bundle: what its scripts hand over, by name. */
function neighbours(texts) {
  globalThis.document = {
    baseURI: 'file:///bundle/calculator.html',
    documentElement: { dataset: {} },
    createElement: () => ({ remove() {} }),
    head: {
      append(script) {
        const name = script.src.slice(script.src.lastIndexOf('/') + 1)
        queueMicrotask(() => {
          if (texts[name] === undefined) return script.onerror()
          globalThis.__yibaoPayload(name, texts[name])
          script.onload()
        })
      },
    },
  }
}
const whole = { 'worker.js': 'code', 'python.wasm': 'AAAA', 'library.zip': 'BBBB', 'rulebook.json': 'CCCC', 'snapshot.bin': 'DDDD' }
const code = { url: '../assets/worker.js', size: 4, sha: '5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b' }
const offline = { packed: true, rulebook: asset('rulebook.json'), rungs: [{ ...rung('snapshot'), stdlib: undefined, snapshot: asset('snapshot.bin') }, rung('bundle')] }
for (const one of offline.rungs) {
  one.worker = code
  if (!one.stdlib) delete one.stdlib
}

test('from the disk the page hands the worker its files, and the names it was told them by', async () => {
  neighbours(whole)
  const heard = []
  workers({ snapshot: (message, say) => { heard.push(message); works(message, say) } })
  const ladder = new Ladder(offline)
  assert.equal((await ladder.ask('{}')).type, 'answer')
  await settled()
  const [boot] = heard
  assert.deepEqual(Object.values(boot.parts).map(({ packed }) => packed), ['python.wasm', 'snapshot.bin'])
  const files = heard.filter(({ type }) => type === 'file')
  assert.deepEqual(files.map(({ name, text }) => [name, text]), [['python.wasm', 'AAAA'], ['snapshot.bin', 'DDDD']])
})

test('from the disk, a rung whose file is missing is left, and what both need is handed over again', async () => {
  neighbours({ ...whole, 'snapshot.bin': undefined })
  const files = []
  workers({
    snapshot: () => {}, // waits for its files
    bundle: (message, say) => (message.type === 'file' ? files.push(message.name) : works(message, say)),
  })
  const ladder = new Ladder(offline)
  assert.equal((await ladder.ask('{}')).type, 'answer')
  assert.deepEqual(ladder.falls.map(({ rung: name, reason }) => [name, reason]), [['snapshot', 'Error: snapshot.bin: missing']])
  await settled()
  assert.deepEqual(files.sort(), ['library.zip', 'python.wasm', 'rulebook.json'])
})

test('from the disk, a worker that is not the published one is not started, on any rung', async () => {
  for (const other of ['node', 'codes', undefined]) {
    neighbours({ ...whole, 'worker.js': other })
    const started = workers({ snapshot: works, bundle: works })
    const ladder = new Ladder(offline)
    await assert.rejects(ladder.ask('{}'), NoPython)
    assert.equal(started.length, 0)
    assert.match(ladder.falls[0].reason, /worker\.js: (SHA-256|5 bytes|missing)/)
  }
})
