/**
 * The place that the reader has chosen, kept on this device alone, for all pages: its code, its name, the page that tells of it.
 * A value that is not of this form is as none. The key stands in the list of docs/templates/labels.yaml that the privacy page shows;
 * docs/theme/partials/chosen.html reads it before this code is there.
 */

/** @typedef {{code: string, name: string, page: string}} Chosen */

export const KEY = 'yb:place'
export const CHANGED = 'yb:place'
const FORM = /^(\d{6}|XPCC) ([\u4e00-\u9fff]{2,15}) (\d{6}|XPCC)$/

/** @returns {Chosen | null} */
export function chosen() {
  try {
    const [, code, name, page] = FORM.exec(localStorage.getItem(KEY) ?? '') ?? []
    return code ? { code, name, page } : null
  } catch {
    return null // storage is off: nothing was kept
  }
}

/** @param {Chosen} place */
export function keep({ code, name, page }) {
  const text = `${code} ${name} ${page}`
  try {
    if (FORM.test(text)) localStorage.setItem(KEY, text)
  } catch {
    // storage is off or full: the choice holds for this page
  }
  dispatchEvent(new Event(CHANGED))
}

export function forget() {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // storage is off: there is nothing to forget
  }
  dispatchEvent(new Event(CHANGED))
}
