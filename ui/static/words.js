// What all components share. Every word is set as text; nothing that comes in becomes markup.

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined && text !== null) element.textContent = text
  return element
}

// Words from outside, which may run in either direction.
function hostile(tag, className, text) {
  const element = make(tag, className, text)
  element.dir = "auto"
  return element
}

// While a component's script is still loading, Streamlit may hand it an older drawing after a newer one.
function overtaken(root, since) {
  if (root.since > since) return true
  root.since = since
  return false
}

function scrollerOf(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at
  }
  return document.scrollingElement
}

// Opening or closing the article reflows the page; what was clicked must not run away from the reader. Whoever scrolls
// meanwhile, by whatever means, has the page: a place that changes while nothing is laid out anew was changed by them.
function holdInPlace(find, top) {
  const until = performance.now() + 900
  const letGo = new AbortController()
  addEventListener("wheel", () => letGo.abort(), { signal: letGo.signal })
  addEventListener("touchmove", () => letGo.abort(), { signal: letGo.signal })
  let before
  const hold = () => {
    const element = find()
    if (element && !element.isConnected) letGo.abort()
    if (element && !letGo.signal.aborted) {
      const scroller = scrollerOf(element)
      const laidOut = `${scroller.scrollHeight} ${scroller.clientHeight}`
      if (before?.laidOut === laidOut && before.place !== scroller.scrollTop) return letGo.abort()
      const now = element.getBoundingClientRect().top
      const wanted = top ?? Math.min(Math.max(now, 90), innerHeight - 260)
      if (Math.abs(now - wanted) > 1) scroller.scrollTop += now - wanted
      before = { laidOut, place: scroller.scrollTop }
    }
    if (performance.now() < until && !letGo.signal.aborted) requestAnimationFrame(hold)
    else letGo.abort()
  }
  requestAnimationFrame(hold)
}

