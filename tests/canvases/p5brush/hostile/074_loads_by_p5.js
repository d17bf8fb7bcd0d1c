// engine: program_error unsupported
// page: program_error runtime
async function setup() {
  {CANVAS}
  {PETAL}
  await loadImage("http://127.0.0.1:{TCP}/i.png");
}
