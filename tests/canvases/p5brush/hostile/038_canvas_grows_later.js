// engine: program_error too_large
// page: program_error too_large
function setup() {
  {CANVAS}
  {PETAL}
  resizeCanvas(20000, 20000);
}
