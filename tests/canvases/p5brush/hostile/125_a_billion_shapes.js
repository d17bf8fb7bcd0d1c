// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  brush.noStroke();
  brush.wash("#c03344", 60);
  for (let i = 0; i < 1e9; i++) brush.rect((i % 500) - 250, -250, 3, 500);
}
