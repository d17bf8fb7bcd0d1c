// engine: program_error unsupported
// page: program_error runtime
// races
async function setup() {
  {CANVAS}
  {PETAL}
  location.reload();
  {LINGER}
}
