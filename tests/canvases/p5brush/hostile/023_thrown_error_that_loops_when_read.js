// engine: program_error work_limit
// page: program_error runtime
function setup() {
  {CANVAS}
  const error = new Error();
  Object.defineProperty(error, "message", {
    get() {
      for (;;);
    },
  });
  throw error;
}
