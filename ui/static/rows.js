// A table whose rows open something. Every word is set as text; nothing that comes in becomes markup.

function cell({ text, kind, mark, note }, open) {
  const content = make("td", kind)
  if (mark) content.append(make("span", "sign", mark))
  const words = hostile("bdi", "", text)
  if (open) {
    const button = make("button", "")
    button.type = "button"
    button.append(words)
    button.onclick = event => {
      event.stopPropagation()
      open(event)
    }
    content.append(button)
  } else content.append(words)
  if (note) content.append(hostile("span", "note", note))
  return content
}

function tableRow(row, opens, shown, open) {
  const line = make("tr", shown ? "open" : "")
  const press = row.id === null ? null : event => open(row.id, event)
  line.append(...row.cells.map((each, place) => cell(each, place === opens ? press : null)))
  if (press) {
    line.classList.add("opens")
    // Words may be marked with the mouse without opening anything.
    line.onclick = event => { if (getSelection().isCollapsed) press(event) }
    const button = line.querySelector("button")
    if (button) button.setAttribute("aria-pressed", String(shown))
  }
  return line
}

export default function ({ data: [data, since], parentElement, setTriggerValue }) {
  const { root, before } = toDraw(parentElement, data, since)
  if (!root) return
  const lines = () => [...root.querySelectorAll("tbody tr")]
  const focused = lines().findIndex(line => line.contains(root.getRootNode().activeElement))
  const open = (id, event) => {
    const place = lines().indexOf(event.currentTarget.closest("tr"))
    if (data.leaves) scrollerOf(root).scrollTop = 0
    else holdInPlace(() => lines()[place], event.currentTarget.closest("tr").getBoundingClientRect().top)
    setTriggerValue("open", id)
  }
  const table = make("table")
  table.setAttribute("aria-label", data.label)
  const heads = make("tr")
  for (const name of data.columns) {
    const head = make("th", "", name)
    head.scope = "col"
    heads.append(head)
  }
  const top = make("thead")
  top.append(heads)
  const body = make("tbody")
  body.append(...data.rows.map(row => tableRow(row, data.opens, row.id !== null && row.id === data.open, open)))
  table.append(top, body)
  root.replaceChildren(table)
  if (focused >= 0) lines()[focused]?.querySelector("button")?.focus({ preventScroll: true })
  if (before && before.open !== data.open) {
    const place = data.rows.findIndex(row => row.id === (data.open ?? before.open))
    if (place >= 0) holdInPlace(() => lines()[place])
  }
}
