// engine: program_error work_limit
// page: program_error work_limit
// races
Promise.resolve().then(() => {
  for (;;);
});
function setup() {
  {CANVAS}
  {PETAL}
}
