// Asks before somebody leaves a page with words that are not saved.
// A form that saves itself asks for itself.
const form = document.querySelector("form[data-unsaved]:not([data-autosave])");
if (form) {
  let unsaved = form.dataset.unsaved === "yes";
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
