// engine: program_error work_limit
// page: program_error work_limit
// races
async function setup() {
  {CANVAS}
  await new Promise(() => setTimeout(() => {
    for (;;);
  }, 10));
}
