/**
 * For other sites: `<script src="https://…/embed.js" async></script>` puts the calculator where it stands, in a frame that is as
 * tall as what it shows. Everything runs in the frame, under this site's own policy. The script's data attributes are the frame's
 * options; what it tells becomes events of the frame element (frame.js has the other half).
 */
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript)
  const address = new URL('embed.html', script.src)
  const options = () => new URLSearchParams(/** @type {Record<string, string>} */ (script.dataset)).toString()
  address.hash = options()
  const frame = document.createElement('iframe')
  Object.assign(frame, {
    src: address.href,
    title: script.dataset.title ?? '医保断缴计算器',
    loading: 'lazy',
    allow: 'clipboard-write',
    scrolling: 'no', // a scroll bar that comes and goes would change the width, and with it the height
    referrerPolicy: 'origin', // tells the frame which site it answers to
  })
  Object.assign(frame.style, { width: '100%', height: '40rem', border: '0' })
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin || !data?.yibao) return
    if (data.yibao === 'height') frame.style.height = `${data.height}px`
    frame.dispatchEvent(new CustomEvent(`yibao:${data.yibao}`, { bubbles: true, detail: data }))
  })
  const send = () => frame.contentWindow?.postMessage({ yibao: 'options', options: options() }, address.origin)
  frame.onload = send // what has changed before there was anyone to hear it
  new MutationObserver(send).observe(script, { attributes: true })
  script.after(frame)
}
