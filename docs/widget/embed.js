/**
 * For other sites: `<script src="https://…/embed.js" async></script>` puts the calculator where it stands, in a frame that is as
 * tall as what it shows. Everything runs in the frame, under this site's own policy.
 */
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript)
  const address = new URL('embed.html', script.src)
  const frame = document.createElement('iframe')
  frame.src = address.href
  frame.title = script.dataset.title ?? '医保断缴计算器'
  frame.loading = 'lazy'
  frame.allow = 'clipboard-write'
  Object.assign(frame.style, { width: '100%', height: '40rem', border: '0' })
  addEventListener('message', ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === address.origin && data?.yibao === 'height') frame.style.height = `${Number(data.height)}px`
  })
  script.after(frame)
}
