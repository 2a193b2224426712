// Accounts side by side: findings, then questions as rows and accounts as columns. Every word is set as text.

function markers(numbers, data, cite) {
  return numbers.flatMap(number => {
    const source = data.sources[number]
    const button = make("button", "marker", `[${number}]`)
    button.type = "button"
    button.setAttribute("aria-label", `Citation ${number}` + (source ? `: ${source.byline}, ${source.title}` : ""))
    button.setAttribute("aria-pressed", String(number === data.open))
    if (source) button.title = `${source.byline}\n${source.title}`
    button.onclick = event => cite(number, event)
    return ["\u00a0", button]
  })
}

// One wording beside the other: what the first alone has is struck, what the second alone has is underlined.
function wordByWord(steps) {
  const words = make("p", "steps")
  words.dir = "auto"
  for (const { step, one, other } of steps) {
    if (step === "equal") words.append(one)
    else {
      if (one) words.append(make("del", "", one))
      if (one && other) words.append(" ")
      if (other) words.append(make("ins", "", other))
    }
    words.append(" ")
  }
  return words
}

function finding(told, data, cite) {
  const item = make("li", "finding")
  const words = make("p", "words")
  words.append(hostile("bdi", "", told.text), ...markers(told.markers, data, cite))
  item.append(words)
  if (told.steps.length) {
    item.append(wordByWord(told.steps))
    item.append(make("p", "quiet", "Struck: in the first alone. Underlined: in the second alone."))
  }
  if (told.parties) item.append(hostile("p", "quiet", told.parties))
  item.append(make("p", "quiet", told.counted))
  return item
}

function findings(group, data, cite) {
  const list = make("ul", "")
  list.append(...group.findings.map(told => finding(told, data, cite)))
  if (!group.folded) {
    const section = make("section", "group")
    section.append(make("h3", "", `${group.heading} (${group.findings.length})`), list)
    return section
  }
  const details = make("details", "group")
  details.dataset.fold = group.heading
  details.append(make("summary", "", `${group.heading} (${group.findings.length})`), list)
  return details
}

function claim(told, data, cite) {
  const paragraph = make("p", `claim ${told.verdict}`)
  if (told.verdict !== "supported") {
    const mark = make("span", "mark", told.mark)
    mark.title = told.meaning
    mark.setAttribute("role", "img")
    mark.setAttribute("aria-label", told.meaning)
    paragraph.append(mark, " ")
  }
  paragraph.append(hostile("bdi", "", told.text), ...markers(told.markers, data, cite))
  return paragraph
}

function account(cell, column, data, cite) {
  const content = make("td", cell.claims.length ? "" : "silent")
  // Where the columns are stacked, each says whose it is.
  const whose = hostile("p", "whose", column.name)
  whose.setAttribute("aria-hidden", "true")
  content.append(whose)
  if (cell.claims.length) content.append(...cell.claims.map(told => claim(told, data, cite)))
  else content.append(make("p", "quiet", cell.silence))
  return content
}

function table(data, cite, off) {
  const drawn = make("table")
  drawn.setAttribute("aria-label", "What each account says")
  const heads = make("tr")
  const corner = make("th", "corner", "Question")
  corner.scope = "col"
  heads.append(corner)
  for (const column of data.columns) {
    const head = make("th", "")
    head.scope = "col"
    const name = hostile("span", "name", column.name)
    name.title = column.name
    head.append(name)
    for (const note of column.notes) head.append(hostile("span", "quiet", note))
    heads.append(head)
  }
  const top = make("thead"), body = make("tbody")
  top.append(heads)
  for (const row of data.rows) {
    const line = make("tr")
    const asked = make("th", "asked")
    asked.scope = "row"
    const drop = make("button", "drop", "×")
    drop.type = "button"
    drop.title = "Take this question off"
    drop.setAttribute("aria-label", `Take off the question: ${row.question}`)
    drop.onclick = () => off(row.question)
    asked.append(hostile("span", "", row.question), drop)
    line.append(asked)
    if (row.note) {
      const told = make("td", "silent")
      told.colSpan = Math.max(1, data.columns.length)
      told.append(hostile("p", "quiet", row.note))
      line.append(told)
    } else line.append(...row.cells.map((cell, place) => account(cell, data.columns[place], data, cite)))
    body.append(line)
  }
  drawn.append(top, body)
  const wide = make("div", "wide")
  wide.tabIndex = 0
  wide.setAttribute("role", "region")
  wide.setAttribute("aria-label", "What each account says")
  wide.style.setProperty("--columns", data.columns.length)
  wide.append(drawn)
  return wide
}

export default function ({ data: [data, since], parentElement, setTriggerValue }) {
  const { root } = toDraw(parentElement, data, since)
  if (!root) return
  const buttons = () => [...root.querySelectorAll("button")]
  const focused = buttons().indexOf(root.getRootNode().activeElement)
  const unfolded = new Set([...root.querySelectorAll("details[open]")].map(one => one.dataset.fold))
  const aside = root.querySelector(".wide")?.scrollLeft ?? 0
  const cite = (marker, event) => {
    const place = buttons().indexOf(event.currentTarget)
    holdInPlace(() => buttons()[place], event.currentTarget.getBoundingClientRect().top)
    setTriggerValue("cite", marker)
  }
  const comparison = make("div", "comparison")
  for (const row of data.rows) {
    if (!row.groups.length) continue
    const section = make("section", "findings")
    if (data.rows.length > 1) section.append(hostile("h2", "", row.question))
    section.append(...row.groups.map(group => findings(group, data, cite)))
    comparison.append(section)
  }
  comparison.append(table(data, cite, question => setTriggerValue("off", question)))
  root.replaceChildren(comparison)
  for (const one of root.querySelectorAll("details")) one.open = unfolded.has(one.dataset.fold)
  root.querySelector(".wide").scrollLeft = aside
  if (focused >= 0) buttons()[focused]?.focus({ preventScroll: true })
}
