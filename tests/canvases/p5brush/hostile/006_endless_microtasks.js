// engine: program_error work_limit
// page: program_error work_limit
// races
const again = () => queueMicrotask(again);
function setup() {
  {CANVAS}
  {PETAL}
  again();
}
