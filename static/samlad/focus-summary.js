// The error summary takes focus when the page comes back with errors, so that a screen reader
// reads it first and the next Tab goes to the first link in it.
document.querySelector("[data-error-summary]")?.focus();
