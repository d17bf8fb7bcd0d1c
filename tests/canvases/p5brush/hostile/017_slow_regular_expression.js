// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  if (/^(a+)+$/.test("a".repeat(60) + "b")) {PETAL}
}
