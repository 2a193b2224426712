// A question and its answer. Every word is set as text; nothing that comes in becomes markup.

// Below the header that lies over the page, in pixels.
const QUESTION_TOP = 72

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

// A filter that the question's own words set, to be taken off.
function chip(limit, off) {
  const button = make("button", "chip")
  button.type = "button"
  button.title = `Set by your words “${limit.words}”. Take it off to ask again without it.`
  button.setAttribute("aria-label", `Take off the filter: ${limit.told}`)
  button.append(hostile("bdi", "", limit.told), make("span", "cross", "×"))
  button.onclick = () => off(limit.words)
  return button
}

function flagButton(marker, wrong, flag) {
  const button = make("button", "flag", wrong ? "⚑ Marked as wrong" : "⚐")
  button.type = "button"
  button.setAttribute("aria-pressed", String(wrong))
  button.setAttribute("aria-label", `Citation ${marker} is wrong`)
  button.title = wrong ? "You marked this citation as wrong. Press to take it back." : "This citation is wrong"
  // What is wanted and not what is to be changed: a press that is told twice must not undo itself.
  button.onclick = () => flag(wrong ? -marker : marker)
  return button
}

function copyButton(words) {
  const button = make("button", "copy", "Copy")
  button.type = "button"
  button.title = "Copy the answer with its sources, as Markdown"
  button.onclick = () => navigator.clipboard.writeText(words).then(
    () => { button.textContent = "Copied" },
    () => { button.textContent = "This browser does not let pages copy; use Export" },
  )
  return button
}

// The claims, under the question that each answers where several were asked at once.
function answered(data, sources, cite) {
  const claims = data.claims.map(claim => claimParagraph(claim, sources, data.open, cite))
  if (!data.parts?.length) return claims
  let first = 0
  return data.parts.flatMap(part => {
    const own = claims.slice(first, first += part.claims)
    return [hostile("h3", "part", part.asked), ...part.abstained ? [hostile("p", "abstained", part.abstained)] : [], ...own]
  })
}

function sourceList(data, cite, withQuotes, flag) {
  const { sources, open } = data
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
    const fate = data.fates?.[source.marker]
    if (fate) line.append(make("span", "fate", `⚠ ${fate}`))
    button.append(make("span", "number", `[${source.marker}]`), line)
    item.append(button)
    if (data.wrong) item.append(flagButton(source.marker, data.wrong.includes(source.marker), flag))
    list.append(item)
  }
  return list
}

export default function ({ data: [{ in_view: inView, ...data }, since], parentElement, setTriggerValue }) {
  const { root, before } = toDraw(parentElement, data, since)
  if (!root) return
  const unseen = !before?.trace
  const wasOpen = before?.open
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

  const off = words => setTriggerValue("off", words)
  const flag = marker => setTriggerValue("wrong", marker)
  const turn = make("section", "turn")
  turn.append(hostile("h2", "question", data.question))
  if (data.limits?.length) {
    const chips = make("p", "chips")
    chips.append(...data.limits.map(limit => chip(limit, off)))
    turn.append(chips)
  }
  if (data.changed) turn.append(make("p", "note", data.changed))
  for (const note of data.notes) turn.append(hostile("p", "note", note))
  if (data.abstained) {
    turn.append(hostile("p", "abstained", data.abstained.reason), hostile("p", "searched", data.abstained.searched))
  }
  turn.append(...answered(data, sources, cite))
  if (data.sources.length) {
    turn.append(make("h3", "heading", data.abstained ? "The nearest in the archive" : "Sources"))
    if (data.counted) turn.append(make("p", "counted", data.counted))
    turn.append(sourceList(data, cite, Boolean(data.abstained), flag))
  }
  if (data.struck.length) {
    const struck = struckClaims(data.struck, sources, data.open, cite)
    struck.open = Boolean(unfolded)
    turn.append(struck)
  }
  if (data.trace) {
    const trace = hostile("p", "trace", data.trace)
    if (data.copy) trace.append(" · ", copyButton(data.copy))
    turn.append(trace)
  }
  root.replaceChildren(turn)
  // The question comes into view, and again with its answer; the page around it is laid out a moment later.
  if (unseen && inView) setTimeout(() => holdInPlace(() => turn.firstChild, QUESTION_TOP), 80)
  if (focused >= 0) buttons()[focused]?.focus({ preventScroll: true })
  if (wasOpen && data.open === null) holdInPlace(pressed)
}
