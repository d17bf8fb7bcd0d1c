// engine: program_error work_limit
// page: program_error work_limit
// races
function setup() {
  {CANVAS}
  for (let i = 0; i < 1e7; i++) background(i % 255);
}
