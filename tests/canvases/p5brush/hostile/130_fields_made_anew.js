// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  brush.field("spiral");
  for (let i = 0; i < 1e5; i++) brush.refreshField(i);
}
