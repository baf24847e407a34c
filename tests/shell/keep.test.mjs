// docs/hosted/keep.js in a made-up page: which of a site's service workers hears what the page is made of.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

const CODE = readFileSync(fileURLToPath(new URL('../../docs/hosted/keep.js', import.meta.url)), 'utf8')

function worker(state) {
  const found = { state, heard: [], onChange: [], postMessage: (told) => found.heard.push(told), addEventListener: (_, heard) => found.onChange.push(heard) }
  found.become = (now) => {
    found.state = now
    for (const heard of found.onChange.splice(0)) heard()
  }
  return found
}

/** A page that has loaded. workers: installing, waiting and active, as the browser has them. */
async function page(workers) {
  const listeners = {}
  const timers = []
  const registration = { ...workers, addEventListener: (name, heard) => { listeners[name] = heard } }
  const document = {
    readyState: 'complete', visibilityState: 'visible', currentScript: { src: 'https://host.example/x/assets/keep.js' },
    querySelector: () => null, querySelectorAll: () => [{ src: 'https://host.example/x/assets/site.js' }],
    addEventListener: (name, heard) => { listeners[name] = heard },
  }
  const window = { isSecureContext: true, requestIdleCallback: (go) => go() }
  const context = {
    ...window, window, document, navigator: { serviceWorker: { register: async () => registration } }, URL, Promise, Array,
    location: { protocol: 'https:', href: 'https://host.example/x/page/#part' },
    setTimeout: (go, ms) => timers.push({ go, ms }), clearTimeout: () => {},
  }
  vm.runInContext(CODE, vm.createContext(context))
  await new Promise((then) => setImmediate(then))
  return { registration, returned: () => listeners.visibilitychange(), found: () => listeners.updatefound(), due: () => timers.splice(0).forEach(({ go }) => go()) }
}

test('the one in charge hears of the page, without its fragment', async () => {
  const active = worker('activated')
  await page({ active })
  assert.equal(active.heard.length, 1)
  const { page: address, loaded } = active.heard[0]
  assert.equal(address, 'https://host.example/x/page/')
  assert.deepEqual([...loaded], ['https://host.example/x/assets/site.js'])
})

test('while another waits, it alone hears, again and again, and the one in charge is left in peace', async () => {
  const [active, waiting] = [worker('activated'), worker('installed')]
  const open = await page({ active, waiting })
  for (let turn = 0; turn < 40; turn += 1) open.due()
  open.returned()
  assert.equal(active.heard.length, 0)
  assert.equal(waiting.heard.length, 1 + 15 + 1) // when it loads, so many reminders, when it is looked at again
})

test('one that is still being put in place hears when it is; nobody else does meanwhile', async () => {
  const [active, installing] = [worker('activated'), worker('installing')]
  const open = await page({ active, installing })
  assert.deepEqual([active.heard.length, installing.heard.length], [0, 0])
  Object.assign(open.registration, { installing: null, waiting: installing })
  installing.become('installed')
  assert.deepEqual([active.heard.length, installing.heard.length > 0], [0, true])
})

test('one that came to nothing leaves the one in charge to be told', async () => {
  const [active, installing] = [worker('activated'), worker('installing')]
  const open = await page({ active, installing })
  Object.assign(open.registration, { installing: null })
  installing.become('redundant')
  assert.equal(active.heard.length, 1)
})

test('a build that is found later is told when it waits, and reminded anew', async () => {
  const [active, next] = [worker('activated'), worker('installing')]
  const open = await page({ active })
  open.registration.installing = next
  open.found()
  Object.assign(open.registration, { installing: null, waiting: next })
  next.become('installed')
  for (let turn = 0; turn < 40; turn += 1) open.due()
  assert.equal(active.heard.length, 1) // before there was another
  assert.ok(next.heard.length >= 15)
})

test('without a browser that has service workers nothing happens', async () => {
  assert.doesNotThrow(() => vm.runInContext(CODE, vm.createContext({ navigator: {}, window: {} })))
})
