// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  brush.set("HB", "#334455", 1);
  for (let i = 0; i < 3000; i++) brush.line(-250, i % 500 - 250, 9e4, 250);
}
