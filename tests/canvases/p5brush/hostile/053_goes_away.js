// engine: program_error unsupported
// page: program_error runtime
// races
async function setup() {
  {CANVAS}
  {PETAL}
  location.href = "http://127.0.0.1:{TCP}/";
  {LINGER}
}
