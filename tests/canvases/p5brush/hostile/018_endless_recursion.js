// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  const dive = (depth) => dive(depth + 1) + 1;
  dive(0);
}
