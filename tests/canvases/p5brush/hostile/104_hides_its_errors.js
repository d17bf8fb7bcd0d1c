// engine: program_error runtime
// page: program_error runtime
window.onerror = () => true;
window.onunhandledrejection = (event) => event.preventDefault();
window.addEventListener("error", (event) => event.preventDefault());
function setup() {
  {CANVAS}
  {PETAL}
  foo();
}
