// A question and its answer. Every word is set as text; nothing that comes in becomes markup.

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined && text !== null) element.textContent = text
  return element
}

function hostile(tag, className, text) {
  const element = make(tag, className, text)
  element.dir = "auto"
  return element
}

function markerButton(number, sources, open, cite) {
  const source = sources.get(number)
  const button = make("button", "marker", `[${number}]`)
  button.type = "button"
  button.setAttribute("aria-label", `Citation ${number}` + (source ? `: ${source.byline}, ${source.title}` : ""))
  button.setAttribute("aria-pressed", String(number === open))
  if (source) button.title = `${source.byline}\n${source.title}`
  button.dataset.marker = number
  button.onclick = event => cite(number, event)
  return button
}

function claimParagraph(claim, sources, open, cite) {
  const paragraph = make("p", `claim ${claim.verdict}`)
  const mark = make("span", "mark", claim.mark)
  const meaning = claim.reason ? `${claim.meaning}: ${claim.reason}` : claim.meaning
  mark.title = meaning
  mark.setAttribute("role", "img")
  mark.setAttribute("aria-label", meaning)
  const words = make("span", "words")
  words.append(hostile("bdi", "text", claim.text))
  for (const number of claim.markers) {
    words.append("\u00a0", markerButton(number, sources, open, cite))
  }
  if (claim.reason) words.append(hostile("span", "reason", claim.reason))
  paragraph.append(mark, words)
  return paragraph
}

function struckClaims(struck, sources, open, cite) {
  const details = make("details", "struck")
  const many = struck.length === 1 ? "1 sentence" : `${struck.length} sentences`
  details.append(make("summary", "", `${many} left out: not proven by the articles`))
  for (const claim of struck) details.append(claimParagraph(claim, sources, open, cite))
  return details
}

function sourceList(sources, open, cite, withQuotes) {
  const list = make("ol", "sources")
  for (const source of sources) {
    const item = make("li")
    const button = make("button", "source")
    button.type = "button"
    button.setAttribute("aria-pressed", String(source.marker === open))
    button.dataset.marker = source.marker
    button.onclick = event => cite(source.marker, event)
    const line = make("span", "line")
    line.append(hostile("bdi", "byline", source.byline), hostile("bdi", "title", source.title))
    if (withQuotes) line.append(hostile("q", "quote", source.quote))
    button.append(make("span", "number", `[${source.marker}]`), line)
    item.append(button)
    list.append(item)
  }
  return list
}

function scrollerOf(element) {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at
  }
  return document.scrollingElement
}

// Opening or closing the article reflows the conversation; the citation must not run away from the reader.
function holdInPlace(find, top) {
  const until = performance.now() + 900
  const letGo = new AbortController()
  addEventListener("wheel", () => letGo.abort(), { signal: letGo.signal })
  addEventListener("touchmove", () => letGo.abort(), { signal: letGo.signal })
  const hold = () => {
    const element = find()
    if (element && !letGo.signal.aborted) {
      const now = element.getBoundingClientRect().top
      const wanted = top ?? Math.min(Math.max(now, 90), innerHeight - 260)
      if (Math.abs(now - wanted) > 1) scrollerOf(element).scrollTop += now - wanted
    }
    if (performance.now() < until && !letGo.signal.aborted) requestAnimationFrame(hold)
    else letGo.abort()
  }
  requestAnimationFrame(hold)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root")
  const { fresh, ...shown } = data
  const drawn = JSON.stringify(shown)
  if (root.drawn === drawn) return
  const unseen = root.drawn === undefined || !JSON.parse(root.drawn).trace
  const wasOpen = root.drawn && JSON.parse(root.drawn).open
  root.drawn = drawn
  const buttons = () => [...root.querySelectorAll("button")]
  const pressed = () => root.querySelector("button[data-marker]:focus") ?? buttons().find(b => Number(b.dataset.marker) === wasOpen)
  const cite = (marker, event) => {
    const place = buttons().indexOf(event.currentTarget)
    holdInPlace(() => buttons()[place], event.currentTarget.getBoundingClientRect().top)
    setTriggerValue("cite", marker)
  }
  const sources = new Map(data.sources.map(source => [source.marker, source]))
  const unfolded = root.querySelector("details.struck")?.open
  const focused = buttons().indexOf(root.getRootNode().activeElement)

  const turn = make("section", "turn")
  turn.append(hostile("h2", "question", data.question))
  for (const note of data.notes) turn.append(hostile("p", "note", note))
  if (data.abstained) {
    turn.append(hostile("p", "abstained", data.abstained.reason), hostile("p", "searched", data.abstained.searched))
  }
  for (const claim of data.claims) turn.append(claimParagraph(claim, sources, data.open, cite))
  if (data.sources.length) {
    turn.append(make("h3", "heading", data.abstained ? "The nearest in the archive" : "Sources"))
    turn.append(sourceList(data.sources, data.open, cite, Boolean(data.abstained)))
  }
  if (data.struck.length) {
    const struck = struckClaims(data.struck, sources, data.open, cite)
    struck.open = Boolean(unfolded)
    turn.append(struck)
  }
  if (data.trace) turn.append(hostile("p", "trace", data.trace))
  root.replaceChildren(turn)
  // A question that was just asked comes into view, and again with its answer; the page around it is laid out a moment later.
  if (unseen && fresh) setTimeout(() => turn.firstChild.scrollIntoView({ block: "start" }), 80)
  if (focused >= 0) buttons()[focused]?.focus({ preventScroll: true })
  if (wasOpen && data.open === null) holdInPlace(pressed)
}
