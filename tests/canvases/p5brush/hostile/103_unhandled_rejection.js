// engine: ok honest
// page: program_error runtime
// races
function setup() {
  {CANVAS}
  {PETAL}
  Promise.reject(new Error("nobody waits for this"));
}
