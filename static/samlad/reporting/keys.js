// Moving in the grid: Enter and the arrows go along the column, Ctrl + Enter opens what belongs to it.

/** The column that a field of the grid stands in. */
export function columnOf(field) {
  const parts = field.name.split("-");
  const [category, part] = parts.slice(-2);
  if (!field.name.startsWith("v-")) return "totalt";
  return part === "prognos" || part === "saknas" ? part : category;
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
