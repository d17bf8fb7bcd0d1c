// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  new ArrayBuffer(2 ** 52);
}
