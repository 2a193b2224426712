// A draft's sentences with their verdicts, the evidence beside each. Every word is set as text.

function evidence(claim, sources, open, cite) {
  if (!claim.markers.length) return make("p", "none", "No evidence was found.")
  const list = make("ol", "sources")
  for (const number of claim.markers) {
    const source = sources.get(number)
    if (!source) continue
    const item = make("li")
    const button = make("button", "")
    button.type = "button"
    button.dataset.marker = number
    button.setAttribute("aria-pressed", String(number === open))
    button.onclick = event => cite(number, event)
    button.append(make("span", "number", `[${number}]`), " ", hostile("bdi", "byline", source.byline))
    button.append(hostile("span", "quote", source.quote))
    item.append(button)
    list.append(item)
  }
  return list
}

function judged(claim, sources, open, cite) {
  const item = make("li", `claim ${claim.verdict}`)
  const told = make("div")
  const verdict = make("p", "verdict")
  const sign = make("span", "sign", claim.mark)
  sign.setAttribute("aria-hidden", "true")
  verdict.append(sign, claim.word)
  verdict.title = claim.meaning
  told.append(verdict, hostile("p", "text", claim.text))
  if (claim.reason) told.append(hostile("p", "reason", claim.reason))
  item.append(told, evidence(claim, sources, open, cite))
  return item
}

export default function ({ data: [data, since], parentElement, setTriggerValue }) {
  const { root } = toDraw(parentElement, data, since)
  if (!root) return
  const buttons = () => [...root.querySelectorAll("button")]
  const focused = buttons().indexOf(root.getRootNode().activeElement)
  const cite = (marker, event) => {
    const place = buttons().indexOf(event.currentTarget)
    holdInPlace(() => buttons()[place], event.currentTarget.getBoundingClientRect().top)
    setTriggerValue("cite", marker)
  }
  const sources = new Map(data.sources.map(source => [source.marker, source]))
  const review = make("section", "review")
  review.setAttribute("aria-label", "The draft, sentence by sentence")
  const claims = make("ol", "claims")
  claims.append(...data.claims.map(claim => judged(claim, sources, data.open, cite)))
  review.append(claims)
  if (data.left.length) {
    const left = make("details", "left")
    left.append(make("summary", "", data.leftTitle), ...data.left.map(words => hostile("p", "", words)))
    review.append(left)
  }
  root.replaceChildren(review)
  if (focused >= 0) buttons()[focused]?.focus({ preventScroll: true })
}
