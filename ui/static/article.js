// The article behind a citation. Every word is set as text; nothing that comes in becomes markup.

const REASONS = {
  comments: "Comments",
  subscription: "Subscription notice",
  template: "Template text",
  sharing: "Share links",
  cookies: "Cookie notice",
  caption: "Picture caption",
  related: "Other stories",
  navigation: "Navigation",
  credit: "Credit line",
  advertisement: "Advertisement",
  repeated: "Text the outlet repeats",
}

function control(name, sign, pressed) {
  const button = make("button", "control", sign)
  button.type = "button"
  button.setAttribute("aria-label", name)
  button.title = name
  button.disabled = pressed === null
  if (pressed) button.onclick = pressed
  return button
}

function bar(data, go, close) {
  const row = make("div", "bar")
  row.append(
    make("span", "place", data.place === null ? "" : `${data.noun[0].toUpperCase()}${data.noun.slice(1)} ${data.place}`),
    ...data.place === null ? [] : [
      control(`Previous ${data.noun}`, "‹", data.previous === null ? null : () => go(data.previous)),
      control(`Next ${data.noun}`, "›", data.next === null ? null : () => go(data.next)),
    ],
    control("Close the article", "×", close),
  )
  return row
}

function head(data) {
  const header = make("header")
  const byline = make("p", "byline", data.byline)
  const title = make("h2", "", data.title)
  byline.dir = title.dir = "auto"
  header.append(byline, title)
  if (data.url) {
    const link = make("a", "", `Read it at ${new URL(data.url).host}`)
    link.href = data.url
    link.target = "_blank"
    link.rel = "noopener noreferrer nofollow external"
    link.referrerPolicy = "no-referrer"
    header.append(link)
  }
  return header
}

function piece({ kind, text, reason, marker }) {
  if (kind === "plain") return document.createTextNode(text)
  if (kind === "aside") {
    if (!text.trim()) return document.createTextNode(text)
    const aside = make("details", "aside")
    aside.append(make("summary", "", `${REASONS[reason] ?? reason}, not part of the article`))
    aside.append(make("div", "", text.trim()))
    return aside
  }
  const mark = make("mark", kind, text)
  if (kind === "also") mark.title = `Citation ${marker}`
  return mark
}

function bringIntoView(body) {
  const mark = body.querySelector("mark.now")
  if (!mark) return
  const above = mark.getBoundingClientRect().top - body.getBoundingClientRect().top
  body.scrollTop += above - Math.max(16, body.clientHeight / 4)
}

export default function ({ data: [data, since], parentElement, setTriggerValue }) {
  const { root } = toDraw(parentElement, data, since)
  if (!root) return
  root.observer?.disconnect()
  if (!data) return root.replaceChildren()
  const go = marker => setTriggerValue("go", marker)
  const close = () => setTriggerValue("go", 0)

  const panel = make("aside", data.tall ? "panel tall" : "panel")
  panel.tabIndex = -1
  panel.setAttribute("aria-label", data.label)
  panel.onkeydown = event => {
    if (event.key === "Escape") close()
    else if (event.key === "ArrowLeft" && data.previous !== null) go(data.previous)
    else if (event.key === "ArrowRight" && data.next !== null) go(data.next)
    else return
    event.preventDefault()
  }
  const body = make("div", "body")
  body.tabIndex = 0
  body.dir = "auto"
  const text = make("div", "text")
  text.append(...data.pieces.map(piece))
  body.append(text)
  panel.append(bar(data, go, close), head(data), body)
  root.replaceChildren(panel)
  // In view from the first drawing on, whatever the layout does, until the reader scrolls. What is not yet shown can
  // neither be scrolled nor have the focus.
  let moved = false, seen = false
  body.onwheel = body.ontouchmove = body.onpointerdown = body.onkeydown = () => { moved = true }
  root.observer = new ResizeObserver(() => {
    if (!body.clientHeight) return
    if (!seen) panel.focus({ preventScroll: true })
    seen = true
    if (!moved) bringIntoView(body)
  })
  root.observer.observe(body)
}
