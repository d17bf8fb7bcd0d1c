// engine: program_error work_limit
// page: program_error work_limit
// races
function setup() {
  {CANVAS}
  {PETAL}
  return {
    then() {
      for (;;);
    },
  };
}
