// Moving in the grid: Enter and the arrows go along the column, Ctrl + Enter opens what belongs to it.

/** The column that a field of the grid stands in. */
export function columnOf(field) {
  const parts = field.name.split("-");
  const [category, part] = parts.slice(-2);
  if (!field.name.startsWith("v-")) return "totalt";
  return ["prognos", "saknas", "resten"].includes(part) ? part : category;
}

export function useKeys(grid, cells, open) {
  const inRows = [...grid.querySelectorAll(".line input, .line select")];
  const columns = new Map();
  for (const field of inRows) {
    if (field.type === "date") continue;
    const column = columnOf(field);
    columns.set(column, [...(columns.get(column) ?? []), field]);
  }

  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!cells.fields.has(field.name)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      open(cells.of(field), field);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || field.tagName === "TEXTAREA") return;
    const down = event.key === "Enter" ? !event.shiftKey : event.key === "ArrowDown";
    const up = event.key === "Enter" ? event.shiftKey : event.key === "ArrowUp";
    // In a list of choices the arrows choose.
    if (!(up || down) || (field.tagName === "SELECT" && event.key !== "Enter") || field.type === "date") return;
    event.preventDefault();
    const column = columns.get(columnOf(field)) ?? [];
    const next = column[column.indexOf(field) + (down ? 1 : -1)];
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  });
}

/** On the page of one goal: Ctrl + Enter opens the definition and the history, and goes to the comment. */
export function useOpening(form, cells) {
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    const cell = cells.fields.has(field.name) && cells.of(field);
    if (!cell) return;
    const words = cell.fields.find((one) => one.tagName === "TEXTAREA");
    const opens = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!opens && !(event.key === "Escape" && field === words && cell.returnTo)) return;
    const details = [...cell.home.querySelectorAll("details")];
    event.preventDefault();
    if (opens && !details.every((one) => one.open)) {
      for (const one of details) one.open = true;
      cell.returnTo = field;
      words?.focus();
      return;
    }
    for (const one of details) one.open = false;
    (cell.returnTo ?? field).focus();
    cell.returnTo = null;
  });
}
