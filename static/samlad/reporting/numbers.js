// Swedish numbers, as far as the page needs them. The server decides; this previews and compares.

/** The number a Swedish text means, or null. */
export function readNumber(text) {
  const plain = text.replace(/[\s\u00a0\u2007\u2009\u202f]/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** Shows what the two parts of a ratio make, while they are typed. */
export function showRatio(cell) {
  const about = cell.closest("[data-scale]");
  const [numerator, denominator] = [...cell.querySelectorAll("input")].map((i) => readNumber(i.value));
  const output = cell.querySelector("output");
  if (numerator === null || denominator === null || !denominator || numerator > denominator) {
    output.value = "";
    return;
  }
  const ratio = (numerator * Number(about.dataset.scale)) / denominator;
  const shown = ratio.toLocaleString("sv-SE", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  output.value = about.dataset.unit === "%" ? `= ${shown}\u00a0%` : `= ${shown} ${about.dataset.unit}`;
}
