/**
 * What the page and its worker say to each other, once. Nothing runs here but the names and limits both sides share.
 *
 * @typedef {{url: string, size: number, sha: string}} FileAt   a file to fetch, how many bytes it has, unpacked, and its SHA-256
 * @typedef {{packed: string, size: number, sha: string}} FileHere   a file that the page hands over (offline bundle); packed: its name
 * @typedef {FileAt | FileHere} Part
 *
 * @typedef {object} Parts   what one rung of the boot ladder is made of
 * @property {Part} wasm   Python itself
 * @property {Part} [snapshot]   its memory with calculator and rulebook loaded; a rung with it needs nothing else
 * @property {Part} [stdlib]   its library; on the `bundle` rung with the calculator inside
 * @property {Part} [rulebook]   the compiled rules, JSON
 * @property {Part} [calculator]   zip of the calculator's source, where `stdlib` is without it
 *
 * Page → worker
 * @typedef {{rung: string, parts: Parts, pace: {bytes: number, ms: number}}} Instead   to begin with if so many bytes of the wasm file take longer
 * @typedef {{type: 'boot', rung: string, parts: Parts, instead?: Instead, rulebook: string, cache: RequestCache}} Boot   rulebook: its SHA-256;
 *   cache: whether files may come from the browser's cache
 * @typedef {{type: 'ask', id: number, text: string}} Ask   text: a Case as JSON; one asked before `ready` is answered after it
 * @typedef {{type: 'file', name: string, text: string}} Brought   a file of the offline bundle: base64 of Zstandard
 * @typedef {Boot | Brought | Ask} ToWorker
 *
 * Worker → page
 * @typedef {{type: 'progress', step: Step, share: number}} Progress   share: 0 to 1 of the whole way to `ready`
 * @typedef {{type: 'taken', rung: string}} Taken   what was offered `instead`
 * @typedef {{type: 'ready', rung: string, rulebook: string, bytes: {files: number, wire: number}}} Ready   rulebook: its version;
 *   bytes: of all files unpacked, and as they came by the network (0 = from a cache, or with the page)
 * @typedef {{type: 'answer', id: number, text: string, names: string, takeAway: string}} Answer   text: the Assessment, byte for byte the command line's
 * @typedef {{type: 'refused', id: number, field: string, message: string}} Refused   the Case is wrong
 * @typedef {{type: 'failed', step: Step, reason: string}} Failed   this rung is of no use any more
 * @typedef {Progress | Taken | Ready | Answer | Refused | Failed} ToPage
 *
 * @typedef {'start' | 'download' | 'python' | 'calculator' | 'answer'} Step
 *
 * Worker only
 * @typedef {object} Starting   what a rung is started with
 * @property {Parts} parts
 * @property {Promise<Response>} wasm
 * @property {string} rulebook   its SHA-256
 * @property {import('./download.js').Download} download
 * @property {(now: Step, share: number) => void} progress
 * @typedef {{version: string, reply: (text: string) => Uint8Array}} Started   version: the rulebook's; reply: bridge.py's
 *
 * Page only
 * @typedef {FileAt} Asset
 * @typedef {{name: string, worker: Asset, wasm: Asset, snapshot?: Asset, stdlib?: Asset, calculator?: Asset}} Rung
 * @typedef {{packed: boolean, rulebook: Asset, rungs: Rung[]}} Runtime   packed: files come as scripts (payload.js), not by fetch
 * @typedef {{rung: string, step: Step, reason: string}} Fall   why a rung was left
 */

/** A rung that shows no progress for so long is given up. Python's own start shows none, and slow phones take long. */
export const STALL_MS = { start: 30_000, download: 30_000, python: 90_000, calculator: 60_000, answer: 20_000 }

/** What each step ends at, as a share of the way to `ready`: between a desk's waterfall (worker.js) and a slow network's. */
export const SHARE = { start: 0.03, download: 0.6, python: 0.92, calculator: 1 }
