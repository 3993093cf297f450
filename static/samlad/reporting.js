// The reporting form: shows the ratio while its parts are typed, and warns before unsaved text is
// left. Without this file the form works all the same.

const form = document.querySelector("[data-report-form]");

/** The number a Swedish text means, or null. The server decides; this only shows a preview. */
function readNumber(text) {
  const plain = text.replace(/[\s\u00a0\u2007\u2009\u202f]/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function showRatio(cell) {
  const [numerator, denominator] = [...cell.querySelectorAll("input")].map((i) => readNumber(i.value));
  const output = cell.querySelector("output");
  if (numerator === null || denominator === null || denominator === 0 || numerator > denominator) {
    output.value = "";
    return;
  }
  const ratio = (numerator * Number(cell.dataset.ratio)) / denominator;
  const shown = ratio.toLocaleString("sv-SE", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  output.value = cell.dataset.unit === "%" ? `= ${shown}\u00a0%` : `= ${shown} ${cell.dataset.unit}`;
}

if (form) {
  const saved = form.querySelector("[data-saved]");
  let unsaved = "unsaved" in form.dataset;

  for (const cell of form.querySelectorAll("[data-ratio]")) {
    showRatio(cell);
    cell.addEventListener("input", () => showRatio(cell));
  }
  form.addEventListener("input", () => {
    unsaved = true;
    if (saved) saved.textContent = "Inte sparat än";
  });
  form.addEventListener("submit", () => {
    unsaved = false;
    // Come back to the goal that was being worked on.
    const top = [...form.querySelectorAll(".goal")].findLast(
      (goal) => goal.getBoundingClientRect().top < window.innerHeight / 2,
    );
    if (top) form.elements.at.value = top.id;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
