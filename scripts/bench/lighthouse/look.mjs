// node look.mjs CHROME < {"pages": {name: address, …}, "runs": n, "keep": folder}
// Looks at each page in turn, n rounds, a new browser with a new profile each time; one line of JSON a visit on standard output.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const installed = createRequire(join(process.cwd(), 'package.json'))
const load = async (name) => import(pathToFileURL(installed.resolve(name)).href)
const { default: lighthouse } = await load('lighthouse')
const { launch } = await load('chrome-launcher')

const FIGURES = {
  fcp: 'first-contentful-paint', lcp: 'largest-contentful-paint', cls: 'cumulative-layout-shift',
  tbt: 'total-blocking-time', si: 'speed-index',
}
const chromePath = process.argv[2]
const { pages, runs, keep } = JSON.parse(readFileSync(0, 'utf8'))
mkdirSync(keep, { recursive: true })

for (let run = 1; run <= runs; run++) {
  for (const [name, address] of Object.entries(pages)) {
    const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'] })
    try {
      const { lhr } = await lighthouse(address, { port: chrome.port, output: 'json', logLevel: 'error' })
      writeFileSync(join(keep, `${name}.${run}.json`), JSON.stringify(lhr))
      console.log(JSON.stringify({ name, run, ...seen(lhr) }))
    } finally {
      await chrome.kill()
    }
  }
}

/** Scores of 0 to 100, figures in milliseconds (CLS without unit), requests and bytes, and what kept a score below 100. */
function seen(lhr) {
  if (lhr.runtimeError) throw new Error(`${lhr.finalDisplayedUrl}: ${lhr.runtimeError.message}`)
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]))
  const figures = Object.fromEntries(Object.entries(FIGURES).map(([id, audit]) => [id, lhr.audits[audit].numericValue]))
  const requests = lhr.audits['network-requests'].details.items.filter((one) => one.resourceType !== undefined)
  const counted = Object.values(lhr.categories).flatMap((category) => category.auditRefs.filter((ref) => ref.weight > 0))
  const short = counted.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 1)
  return {
    ...scores, ...figures, version: lhr.lighthouseVersion, browser: lhr.environment.hostUserAgent,
    requests: requests.length, bytes: requests.reduce((sum, one) => sum + one.transferSize, 0),
    short: short.map((audit) => audit.id),
  }
}
