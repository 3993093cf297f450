// The cells of the form, their fields, and what the server is known to hold in them.

import { readNumber } from "./numbers.js";

const PLACEMENT = "[data-cell], [data-more-of]";

export class Cells {
  constructor(form) {
    this.form = form;
    this.known = JSON.parse(form.elements.seen.value || "{}");
    this.byName = new Map();
    for (const home of form.querySelectorAll("[data-cell]")) {
      const name = home.dataset.cell;
      const more = form.querySelector(`[data-more-of="${CSS.escape(name)}"]`);
      this.byName.set(name, { name, home, more, fields: [], problems: {}, conflict: null, savedWords: "" });
    }
    this.fields = new Map();
    for (const field of form.querySelectorAll("input[name], select[name], textarea[name]")) {
      const cell = this.of(field);
      if (!cell) continue;
      if (field.type === "checkbox") asText(field);
      cell.fields.push(field);
      this.fields.set(field.name, field);
    }
  }

  /** The cell that a field, or anything in its row, belongs to. */
  of(element) {
    const place = element.closest(PLACEMENT);
    return place && this.byName.get(place.dataset.cell ?? place.dataset.moreOf);
  }

  get all() {
    return [...this.byName.values()];
  }

  knownText(name) {
    return this.known[name] ?? "";
  }

  know(texts) {
    for (const [name, text] of Object.entries(texts)) {
      if (text) this.known[name] = text;
      else delete this.known[name];
    }
    // A plain post of the whole form builds on this.
    this.form.elements.seen.value = JSON.stringify(this.known);
  }

  /** What a field is called where nothing stands around it. */
  describe(field) {
    const own = field.getAttribute("aria-label");
    if (own) return own;
    const about = this.of(field).home.querySelector("th, legend")?.firstChild?.textContent.trim() ?? "";
    const label = field.labels?.[0]?.textContent.trim() ?? "";
    return [about, label.toLowerCase()].filter(Boolean).join(", ");
  }

  isChanged(field) {
    return !sameText(field.value, this.knownText(field.name));
  }

  changed(cell) {
    return cell.fields.filter((field) => this.isChanged(field));
  }

  /** What is sent to save a cell: all fields of every category in which one was changed. */
  payload(cell) {
    const groups = new Set(this.changed(cell).map((field) => groupOf(cell, field)));
    const fields = cell.fields.filter((field) => groups.has(groupOf(cell, field)));
    return {
      texts: Object.fromEntries(fields.map((field) => [field.name, field.value])),
      seen: Object.fromEntries(fields.map((field) => [field.name, this.knownText(field.name)])),
    };
  }

  /** What the cell waits for before it can be saved at all, as a sentence; "" when for nothing. */
  waitsFor(cell) {
    const text = (part) => {
      const field = this.fields.get(`${cell.name}-${part}`);
      return field ? field.value.trim() : "";
    };
    if (cell.name.startsWith("a-")) return waitsForStatus(text);
    if (!cell.name.startsWith("v-")) return "";
    const figures = ["totalt", "kvinnor", "man"].map((category) => {
      const parts = ["utfall", "taljare", "namnare"]
        .filter((part) => this.fields.has(`${cell.name}-${category}-${part}`))
        .map((part) => text(`${category}-${part}`));
      return { some: parts.some(Boolean), all: parts.length > 0 && parts.every(Boolean) };
    });
    if (figures.some((figure) => figure.some && !figure.all)) return "Fyll i båda talen, så sparas de.";
    const [total, ...sexes] = figures;
    const reason = text("totalt-saknas");
    if (sexes.some((sex) => sex.some) && !total.some && !reason) return "Fyll i totalen, så sparas det.";
    if (text("totalt-resten") && !total.some && !reason) return "Fyll i totalen, så sparas krysset.";
    const words = text("totalt-kommentar") || text("totalt-prognos");
    if (words && !total.some && !reason) return "Fyll i ett utfall, eller varför det saknas, så sparas det.";
    return "";
  }
}

/** A box to tick holds a text as every other field: its own when it is ticked, or none. */
function asText(box) {
  const ticked = box.value;
  Object.defineProperty(box, "value", {
    get: () => (box.checked ? ticked : ""),
    set: (text) => (box.checked = text === ticked),
  });
}

function waitsForStatus(text) {
  if (text("lage") === "avviker" && !(text("kommentar") && text("nytt-datum")))
    return "Skriv vad som avviker och ett nytt datum, så sparas det.";
  if (!text("lage") && (text("kommentar") || text("nytt-datum"))) return "Välj läge, så sparas det.";
  return "";
}

/** Whether two texts mean the same in a field: "1234" and "1 234" do. */
export function sameText(one, other) {
  const [a, b] = [one, other].map((text) => text.replace(/\r\n?/g, "\n").trim());
  if (a === b) return true;
  const number = readNumber(a);
  return number !== null && number === readNumber(b);
}

function groupOf(cell, field) {
  return cell.name.startsWith("v-") ? field.name.slice(0, field.name.lastIndexOf("-")) : cell.name;
}
