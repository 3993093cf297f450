// A block of cells from a spreadsheet, laid out from the field it is pasted in, cell by cell.

import { columnOf } from "./keys.js";
import { readBlock } from "./block.js";
import { readNumber } from "./numbers.js";

const COLUMNS = ["totalt", "kvinnor", "man", "prognos", "saknas"];
// With a ratio's numbers in a column each, as in most tables of a spreadsheet.
const SIDE_BY_SIDE = ["totalt", "totalt", "kvinnor", "kvinnor", "man", "man", "prognos", "saknas"];
const PARTS = ["taljare", "namnare"];

export function usePaste(grid, cells, saver, undo, shown) {
  grid.addEventListener("paste", (event) => {
    const start = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!start.name?.startsWith("v-") || start.tagName === "TEXTAREA" || start.type === "checkbox") return;
    const block = readBlock(text);
    if (block.length < 2 && block[0].length < 2) return; // one cell is the browser's own
    event.preventDefault();

    const { changes, leftOut } = bestReading(grid, start, block, cells);
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
      leftOut.length
        ? `Klistrade in ${many}. Det här fick ingen plats: ${leftOut.slice(0, 10).join(", ")}${leftOut.length > 10 ? " med mera" : ""}.`
        : "",
    );
  });
}

/** What the block would change, read in the way that breaks fewest rules; as the grid lies, if it is the same. */
function bestReading(grid, start, block, cells) {
  const readings = [belowEachOther, sideBySide].map((layOut) => reading(block, layOut(grid, start)));
  const breaches = readings.map((one) => breachesIn(one, cells));
  return readings[breaches.indexOf(Math.min(...breaches))];
}

function reading(block, fieldAt) {
  const changes = [];
  const leftOut = [];
  block.forEach((row, i) =>
    row.forEach((said, j) => {
      if (!said.trim()) return; // an empty cell of the block leaves what stands there
      const field = fieldAt(i, j);
      const value = field && valueFor(field, said);
      if (value === undefined || value === null) leftOut.push(`”${said.trim()}” (rad ${i + 1}, kolumn ${j + 1})`);
      else if (field.value !== value) changes.push({ name: field.name, before: field.value, after: value });
    }),
  );
  return { changes, leftOut };
}

/** As the grid lies: a ratio has two lines, one for each of its numbers. */
function belowEachOther(grid, start) {
  const lines = [];
  for (const row of rowsOf(grid)) {
    const found = [new Map(), new Map()];
    for (const field of row.querySelectorAll("input, select")) {
      found[field.name.endsWith("-namnare") ? 1 : 0].set(columnOf(field), field);
    }
    lines.push(found[0]);
    if (found[1].size) lines.push(found[1]);
  }
  const top = lines.findIndex((line) => [...line.values()].includes(start));
  const left = COLUMNS.indexOf(columnOf(start));
  return (i, j) => lines[top + i]?.get(COLUMNS[left + j]);
}

/** A line for each indicator, and the numbers of a ratio beside each other. */
function sideBySide(grid, start) {
  const lines = rowsOf(grid).map((row) => {
    const fields = [...row.querySelectorAll("input:not([type=checkbox]), select")];
    return SIDE_BY_SIDE.map((column, at) => {
      const here = fields.filter((field) => columnOf(field) === column);
      if (at >= 6) return here[0];
      return here.find((field) => field.name.endsWith(`-${PARTS[at % 2]}`)) ?? (at % 2 ? undefined : here[0]);
    });
  });
  const top = lines.findIndex((line) => line.includes(start));
  const left = lines[top].indexOf(start);
  return (i, j) => lines[top + i]?.[left + j];
}

function rowsOf(grid) {
  return [...grid.querySelectorAll(".line[data-cell^='v-']")];
}

/** How much would be left out, or be a ratio that lacks a number or cannot be, or be more than the total. */
function breachesIn({ changes, leftOut }, cells) {
  const texts = new Map(changes.map(({ name, after }) => [name, after]));
  const said = (name) => texts.get(name) ?? cells.fields.get(name)?.value ?? "";
  const number = (name) => readNumber(said(name));
  let breaches = leftOut.length;
  for (const place of new Set(changes.map(({ name }) => name.match(/^(.*)-[^-]+-(taljare|namnare)$/)?.[1]))) {
    if (!place) continue;
    for (const category of COLUMNS.slice(0, 3)) {
      const names = PARTS.map((part) => `${place}-${category}-${part}`);
      if (!cells.fields.has(names[0])) continue;
      const [above, below] = names.map(number);
      if (!said(names[0]) !== !said(names[1]) || (above !== null && below !== null && above > below)) breaches += 1;
      for (const part of PARTS) {
        const [one, whole] = [category, "totalt"].map((which) => number(`${place}-${which}-${part}`));
        if (one !== null && whole !== null && one > whole) breaches += 1;
      }
    }
  }
  return breaches;
}

function valueFor(field, said) {
  const text = said.trim();
  if (field.tagName !== "SELECT") return text;
  const wanted = text.toLowerCase();
  return [...field.options].find((o) => o.text.toLowerCase() === wanted || o.value === wanted)?.value ?? null;
}
