// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  for (let i = 0; i < 1e9; i++) rect((i % 500) - 250, -250, 3, 500);
}
