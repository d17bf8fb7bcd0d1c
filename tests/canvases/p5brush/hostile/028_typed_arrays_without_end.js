// engine: program_error memory_limit
// page: program_error memory_limit
// races
function setup() {
  {CANVAS}
  const kept = [];
  for (;;) kept.push(new Uint8Array(5e7).fill(1));
}
