// engine: program_error work_limit
// page: program_error memory_limit
function setup() {
  {CANVAS}
  brush.set("HB", "#334455", 1);
  brush.line(-Infinity, 0, Infinity, 0);
  {PETAL}
}
