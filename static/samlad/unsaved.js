// Asks before somebody leaves a page with words that are not saved.
const form = document.querySelector("form[data-unsaved]");
if (form) {
  let unsaved = form.dataset.unsaved === "yes";
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  // What has been saved meanwhile, with nothing written since.
  form.addEventListener("samlad:saved", () => {
    unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
