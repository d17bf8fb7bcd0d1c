// engine: program_error memory_limit
// page: program_error crash
// races
function setup() {
  {CANVAS}
  const text = "x".repeat(2 ** 29 - 24);
  const kept = [];
  for (;;) kept.push(text.split(""));
}
