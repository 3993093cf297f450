// Taking back what was changed, a field or a pasted block at a time; saved like anything typed.

export class Undo {
  constructor(form, cells, saver) {
    this.cells = cells;
    this.saver = saver;
    this.done = [];
    this.undone = [];
    this.button = form.querySelector("[data-undo]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.back());
    this.before = new Map();
    form.addEventListener("focusin", ({ target }) => {
      if (this.cells.fields.has(target.name)) this.before.set(target.name, target.value);
    });
    form.addEventListener("change", ({ target }) => {
      const before = this.before.get(target.name);
      if (before === undefined || before === target.value) return;
      this.remember([{ name: target.name, before, after: target.value }]);
      this.before.set(target.name, target.value);
    });
    form.addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
      // What is being typed in a field is the browser's own to take back.
      const { name, value } = event.target;
      if (this.before.has(name) && this.before.get(name) !== value) return;
      const forward = key === "y" || event.shiftKey;
      if (forward ? this.forward() : this.back()) event.preventDefault();
    });
  }

  remember(changes) {
    this.done.push(changes);
    this.undone = [];
    this.button.disabled = false;
  }

  back() {
    return this.step(this.done, this.undone, "before");
  }

  forward() {
    return this.step(this.undone, this.done, "after");
  }

  step(from, to, side) {
    const changes = from.pop();
    if (!changes) return false;
    to.push(changes);
    for (const change of changes) {
      const field = this.cells.fields.get(change.name);
      field.value = change[side];
      this.before.set(change.name, change[side]);
      field.dispatchEvent(new CustomEvent("settled", { bubbles: true }));
      this.saver.typed(field, { now: true });
    }
    this.cells.fields.get(changes[0].name).focus();
    this.button.disabled = !this.done.length;
    return true;
  }
}
