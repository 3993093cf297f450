// A block of cells from a spreadsheet, laid out from the field it is pasted in, cell by cell.

import { columnOf } from "./keys.js";

const COLUMNS = ["totalt", "kvinnor", "man", "prognos", "saknas"];

export function usePaste(grid, cells, saver, undo, shown) {
  grid.addEventListener("paste", (event) => {
    const start = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!start.name?.startsWith("v-") || start.tagName === "TEXTAREA" || start.type === "checkbox") return;
    const block = readBlock(text);
    if (block.length < 2 && block[0].length < 2) return; // one cell is the browser's own
    event.preventDefault();

    const lines = linesOf(grid);
    const top = lines.findIndex((line) => [...line.values()].includes(start));
    const left = COLUMNS.indexOf(columnOf(start));
    const changes = [];
    const left_out = [];
    block.forEach((row, i) =>
      row.forEach((said, j) => {
        if (!said.trim()) return; // an empty cell of the block leaves what stands there
        const field = lines[top + i]?.get(COLUMNS[left + j]);
        const value = field && valueFor(field, said);
        if (value === undefined || value === null) left_out.push(`”${said.trim()}” (rad ${i + 1}, kolumn ${j + 1})`);
        else if (field.value !== value) changes.push({ name: field.name, before: field.value, after: value });
      }),
    );
    for (const { name, after } of changes) {
      const field = cells.fields.get(name);
      field.value = after;
      undo.before.set(name, after);
      field.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
    }
    if (changes.length) undo.remember(changes);
    for (const { name } of changes) saver.typed(cells.fields.get(name), { now: true });
    const many = changes.length === 1 ? "1 ruta" : `${changes.length} rutor`;
    shown.problem(
      left_out.length
        ? `Klistrade in ${many}. Det här fick ingen plats: ${left_out.slice(0, 10).join(", ")}${left_out.length > 10 ? " med mera" : ""}.`
        : "",
    );
  });
}

/** The lines that a column of a spreadsheet fills: a ratio has two, one for each of its numbers. */
function linesOf(grid) {
  const lines = [];
  for (const row of grid.querySelectorAll(".line[data-cell^='v-']")) {
    const found = [new Map(), new Map()];
    for (const field of row.querySelectorAll("input, select")) {
      found[field.name.endsWith("-namnare") ? 1 : 0].set(columnOf(field), field);
    }
    lines.push(found[0]);
    if (found[1].size) lines.push(found[1]);
  }
  return lines;
}

function valueFor(field, said) {
  const text = said.trim();
  if (field.tagName !== "SELECT") return text;
  const wanted = text.toLowerCase();
  return [...field.options].find((o) => o.text.toLowerCase() === wanted || o.value === wanted)?.value ?? null;
}

/** Rows of cells, as spreadsheets put them on the clipboard: tabs, line breaks, quotes around both. */
export function readBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign === '"' && text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && !cell) quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else if (sign !== "\r") cell += sign;
  }
  rows.at(-1).push(cell);
  if (rows.length > 1 && rows.at(-1).length === 1 && !rows.at(-1)[0]) rows.pop();
  return rows;
}
