// engine: program_error memory_limit
// page: program_error runtime
function setup() {
  {CANVAS}
  new ArrayBuffer(2 ** 52);
}
