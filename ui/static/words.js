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

// Where to draw and what is drawn there before, or nothing when this is drawn already. While a component's script is
// still loading, Streamlit may hand it an older drawing after a newer one; that one is not drawn either.
function toDraw(parentElement, shown, since) {
  const root = parentElement.querySelector(".root")
  if (root.since > since) return {}
  root.since = since
  const drawn = JSON.stringify(shown)
  if (root.drawn === drawn) return {}
  const before = root.drawn === undefined ? null : JSON.parse(root.drawn)
  root.drawn = drawn
  return { root, before }
}

function scrollerOf(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at
  }
  return document.scrollingElement
}

const SETTLED = 900  // milliseconds without a change after which a page counts as laid out
const HOLD = "rashomon-hold"

// What grows and what opens reflows the page; what was clicked or asked must not run away from the reader. One place is
// held at a time, on the whole page, until nothing is laid out anew any more. Whoever scrolls meanwhile, by whatever
// means, has the page: a place that changes while nothing is laid out anew was changed by them.
function holdInPlace(find, top) {
  dispatchEvent(new Event(HOLD))
  let until = performance.now() + SETTLED
  const letGo = new AbortController()
  for (const name of ["wheel", "touchmove", HOLD]) addEventListener(name, () => letGo.abort(), { signal: letGo.signal })
  let before
  const hold = () => {
    const element = find()
    if (element && !element.isConnected) letGo.abort()
    if (element && !letGo.signal.aborted) {
      const scroller = scrollerOf(element)
      const laidOut = `${scroller.scrollHeight} ${scroller.clientHeight}`
      if (before?.laidOut === laidOut && before.place !== scroller.scrollTop) return letGo.abort()
      if (before?.laidOut !== laidOut) until = performance.now() + SETTLED
      const now = element.getBoundingClientRect().top
      top ??= Math.min(Math.max(now, 90), innerHeight - 260)
      if (Math.abs(now - top) > 1) scroller.scrollTop += now - top
      before = { laidOut, place: scroller.scrollTop }
    }
    if (performance.now() < until && !letGo.signal.aborted) requestAnimationFrame(hold)
    else letGo.abort()
  }
  requestAnimationFrame(hold)
}

