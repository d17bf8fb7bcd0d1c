// engine: program_error unsupported
// page: ok honest
// races
function setup() {
  {CANVAS}
  {PETAL}
  new Blob(["x".repeat(5e6)]).text().then(() => foo());
}
