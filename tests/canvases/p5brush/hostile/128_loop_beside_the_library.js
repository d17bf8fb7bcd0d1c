// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  brush.listFields();
  for (;;);
}
