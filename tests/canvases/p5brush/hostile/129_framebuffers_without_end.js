// engine: program_error work_limit
// page: program_error memory_limit
// races
function setup() {
  {CANVAS}
  const kept = [];
  for (;;) kept.push(createFramebuffer({ width: 1024, height: 1024 }));
}
