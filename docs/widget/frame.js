/**
 * embed.html alone: the options that the page around has set, and what is said between the two. Runs before the widget does.
 *
 * Options stand in the fragment, as `#place=350100&scheme=resident&theme=dark&size=compact&version=2026.11.1&answers=no`, so that
 * no server hears of them. `theme` and `size` may be changed later; `place` and `scheme` are where the form begins.
 *
 * To the page around: `{yibao: 'height', height}`, `{yibao: 'answer', assessment}`, `{yibao: 'withdrawn'}` (the answer told last no
 * longer belongs to the form). From it: `{yibao: 'options', options}` with the fragment's text anew, `{yibao: 'ask', case}`.
 * All but the height goes to the one origin that the browser named as the page around, and is heard from it alone.
 */

const SHRINK_MS = 150
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')
const framed = window.parent !== window
const host = framed ? originAround() : ''
/** The form writes its Case where the options stood; they outlive a refresh beside it. */
const KEPT = 'yibaoOptions'
const given = location.hash.startsWith('#case=') ? history.state?.[KEPT] ?? '' : location.hash.slice(1)
let options = new URLSearchParams(given)

/** The origin of the page around; '' where the browser keeps it to itself or it has none (file:, a sandbox). */
function originAround() {
  const nearest = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin)
  return nearest && nearest !== 'null' ? nearest : ''
}

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-yb="${name}"]`))

function dress() {
  const wanted = options.get('theme')
  const theme = wanted === 'light' || wanted === 'dark' ? wanted : dark.matches ? 'dark' : 'light'
  root.dataset.theme = theme
  root.style.colorScheme = theme
  root.dataset.size = options.get('size') ?? ''
}

/**
 * @param {Record<string, unknown>} message
 * @param {string} target
 */
const tell = (message, target) => { if (framed && target) window.parent.postMessage(message, target) }

/** Grows at once; shrinks when it has stayed smaller for a moment, since an answer is often replaced by the next. */
function reportHeight() {
  const content = document.body
  let told = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let shrinking
  const now = () => {
    told = Math.ceil(content.getBoundingClientRect().height)
    tell({ yibao: 'height', height: told }, host || '*') // a height is no secret
  }
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height)
    clearTimeout(shrinking)
    if (height > told) now()
    else if (height < told) shrinking = setTimeout(now, SHRINK_MS)
  }).observe(content)
}

function reportAnswers() {
  let shown = false
  const state = part('state')
  new MutationObserver(() => {
    if (state.dataset.state === 'ready') {
      shown = true
      tell({ yibao: 'answer', assessment: JSON.parse(part('assessment').textContent ?? '') }, host)
    } else if (shown) {
      shown = false
      tell({ yibao: 'withdrawn' }, host)
    }
  }).observe(state, { attributeFilter: ['data-state'] })
}

/** What the page around has asked for goes into the widget's own configuration before the widget reads it. */
function prepare() {
  const box = part('config')
  const config = JSON.parse(box.textContent ?? '')
  for (const name of ['scheme', 'place']) if (options.has(name)) config.preset[name] = options.get(name)
  pin(config, options.get('version'))
  box.textContent = JSON.stringify(config)
  if (!host || host === location.origin || options.get('answers') === 'no') return
  told('host', host)
}

/**
 * Show one of the notices of embed.html.j2.
 * @param {string} notice
 * @param {string} name what stands in its gap
 */
function told(notice, name) {
  part(`${notice}-name`).textContent = name
  part(notice).hidden = false
}

/**
 * A version of the rules that was asked for: taken where it is kept, and said in either case.
 * @param {any} config
 * @param {string | null} version
 */
function pin(config, version) {
  const { current, kept } = JSON.parse(part('versions').textContent ?? '')
  if (!version || version === current) return
  const found = kept[version]
  if (found) {
    delete config.instant // both hold today's rules
    const rungs = config.runtime.rungs.filter((/** @type {{snapshot?: unknown}} */ rung) => !rung.snapshot)
    config.runtime = { ...config.runtime, rungs, rulebook: found }
  }
  told(found ? 'pinned' : 'unkept', version)
}

history.replaceState({ ...history.state, [KEPT]: given }, '')
dress()
dark.addEventListener('change', dress)
document.addEventListener('readystatechange', () => { // before any deferred script
  if (document.readyState !== 'interactive') return
  prepare()
  if (!framed) return
  reportHeight()
  if (options.get('answers') !== 'no') reportAnswers()
})
addEventListener('message', ({ source, origin, data }) => {
  if (!host || source !== window.parent || origin !== host || !data) return
  if (data.yibao === 'options') {
    options = new URLSearchParams(String(data.options))
    dress()
  }
  if (data.yibao === 'ask') location.replace(`#case=${encodeURIComponent(JSON.stringify(data.case))}`)
})
