// What the passkey scripts cannot say by themselves: that it did not work, in words.
const failed = document.querySelector("[data-passkey-failed]");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (failed) {
    failed.hidden = false;
    failed.focus();
  }
});
