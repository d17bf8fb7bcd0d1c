// engine: program_error work_limit
// page: program_error work_limit
// races
async function setup() {
  {CANVAS}
  {PETAL}
  for (;;) await 0;
}
