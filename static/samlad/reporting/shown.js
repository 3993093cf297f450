// What the person is shown of the saving: at each cell, in the bar below, and when there is trouble.

export class Shown {
  constructor(form, cells) {
    this.form = form;
    this.cells = cells;
    this.status = form.querySelector("[data-saved]");
    this.trouble = form.querySelector("[data-trouble]");
    this.atFirst = this.status.textContent;
    this.live = form.querySelector("[data-announce]");
    for (const cell of cells.all) {
      const place = notesOf(cell);
      const lines = [...(place?.querySelectorAll("li.warning") ?? [])];
      const [mend, warnings] = [true, false].map((kind) => lines.filter((line) => line.matches(".mend") === kind));
      cell.mend = mend.map((line) => line.textContent);
      cell.warnings = warnings.map((line) => line.textContent);
      cell.explained = Boolean(place?.querySelector("li.explained"));
    }
  }

  /** kind: "sending", "saved", "waiting", "wrong" or "". */
  cell(cell, kind, words = "") {
    const state = cell.home.querySelector("[data-cell-state]");
    state.className = kind ? `cell-state cell-${kind}` : "cell-state";
    state.textContent = words;
  }

  /** What the server says of a cell as it is saved now: sentences, and whether there is a comment. */
  warn(cell, { mend = [], warnings = [], explained = false }) {
    const wrong = mend.filter((words) => !cell.mend.includes(words));
    cell.mend = mend;
    const news = warnings.filter((words) => !cell.warnings.includes(words));
    const about = cell.home.querySelector("th, legend")?.firstChild?.textContent.trim() ?? "";
    const answered = warnings.length && explained && !cell.explained;
    cell.warnings = warnings;
    cell.explained = explained;
    this.notes(cell);
    if (wrong.length) this.announce(`${about}: ${wrong.join(" ")}`);
    else if (news.length) this.announce(`${about}: ${news.join(" ")}${explained ? "" : " Skriv en förklaring i kommentaren."}`);
    else if (answered) this.announce(`${about}: varningen är förklarad.`);
  }

  announce(words) {
    if (this.live) this.live.textContent = words;
  }

  /** Sentences at the cell. problems: by the name of the field; waits: why it is not saved yet. */
  notes(cell, { problems = {}, waits = "" } = {}) {
    cell.problems = problems;
    const { mend, warnings } = cell;
    const place = notesOf(cell);
    const id = `notes-${cell.name}`;
    for (const field of cell.fields) {
      const wrong = field.name in problems;
      setOrRemove(field, "aria-invalid", wrong && "true");
      setOrRemove(field, "aria-describedby", wrong ? `${id}-${field.name}` : (mend.length || warnings.length) && id);
    }
    const lines = Object.entries(problems).map(([name, words]) => {
      const line = element("li", "field-error", words);
      line.id = `${id}-${name}`;
      return line;
    });
    if (waits) lines.push(element("li", "waits", waits));
    lines.push(...mend.map((words) => element("li", "warning mend", words)));
    lines.push(...warnings.map((words) => element("li", "warning", words)));
    if (warnings.length) lines.push(this.answerTo(cell));
    const list = element("ul", "notes");
    list.id = id;
    list.append(...lines);
    place.replaceChildren(...(lines.length ? [list] : []));
    this.room(cell);
  }

  /** The way to the comment that explains a warning; or that it is explained. */
  answerTo(cell) {
    const comment = this.cells.fields.get(`${cell.name}-totalt-kommentar`);
    if (cell.explained || !comment) return element("li", "explained", "Förklarad i kommentaren");
    const line = element("li", "explain");
    const link = element("a", "", "Skriv en förklaring i kommentaren");
    link.href = `#${comment.id}`;
    link.dataset.explain = "";
    line.append(link);
    return line;
  }

  /** Two have written in the same cell: both texts, and the choice between them. */
  conflict(cell, { by, at, theirs }, choose) {
    const place = notesOf(cell);
    const box = element("div", "theirs");
    const said = Object.entries(theirs)
      .filter(([name, text]) => this.cells.fields.get(name)?.value !== text)
      .map(([name, text]) => `”${wording(this.cells.fields.get(name), text)}”`)
      .filter((words) => words !== "””");
    box.append(
      element("strong", "", `${by} har sparat ${said.join(", ") || "tomt"} här${at ? ` ${at}` : ""}.`),
      " Det du skrev står kvar i rutan och är inte sparat. ",
    );
    for (const [words, mine] of [["Spara mitt", true], ["Behåll det som är sparat", false]]) {
      const button = element("button", "btn btn-outline-primary btn-sm", words);
      button.type = "button";
      button.addEventListener("click", () => choose(mine));
      box.append(button, " ");
    }
    place.replaceChildren(box);
    this.room(cell);
  }

  /** The row below a row of the grid is there when it has something to say, or is opened. */
  room(cell) {
    cell.more?.classList.toggle("has-notes", notesOf(cell).childElementCount > 0);
  }

  bar(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  /** Says that saving does not work, and what to do; without words that it works again. */
  problem(words = "", action = null) {
    this.trouble.hidden = !words;
    if (!words) {
      this.trouble.replaceChildren();
      return;
    }
    const line = element("p", "", words);
    if (action) line.append(" ", action);
    this.trouble.replaceChildren(line);
  }

  /** How far each goal has come, and the whole report. */
  progress() {
    for (const goal of new Set([...this.form.querySelectorAll("[data-goal]")].map((e) => e.dataset.goal))) {
      const cells = this.form.querySelectorAll(`[data-goal="${goal}"] [data-cell]`);
      const filled = [...cells].filter((cell) => "filled" in cell.dataset).length;
      const state = filled === cells.length ? "Klar" : filled ? "Påbörjad" : "Ej påbörjad";
      for (const line of document.querySelectorAll(`[data-goal="${goal}"]`)) {
        const counted = line.querySelector("[data-goal-filled]");
        const word = line.querySelector("[data-goal-state]");
        if (counted) counted.textContent = filled;
        // Somebody may have begun without having filled anything in.
        if (word && (filled || word.textContent === "Klar")) {
          word.textContent = state;
          word.className = `state ${{ Klar: "state-done", Påbörjad: "state-going" }[state] ?? ""}`;
        }
      }
    }
    const whole = document.querySelector("[data-filled-count]");
    if (whole) whole.textContent = this.form.querySelectorAll("[data-cell][data-filled]").length;
  }
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function notesOf(cell) {
  return (cell.more ?? cell.home).querySelector("[data-cell-notes]");
}

function wording(field, text) {
  if (field?.tagName !== "SELECT") return text;
  return text ? ([...field.options].find((option) => option.value === text)?.text ?? text) : "";
}

function setOrRemove(field, name, value) {
  if (value) field.setAttribute(name, value);
  else field.removeAttribute(name);
}
