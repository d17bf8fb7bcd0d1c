// engine: program_error work_limit
// page: program_error memory_limit
// races
function setup() {
  {CANVAS}
  brush.set("HB", "#334455", 1);
  brush.line(0, 0, 1e9, 0);
}
