// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  const start = performance.now();
  while (performance.now() - start < 1e12);
  {PETAL}
}
