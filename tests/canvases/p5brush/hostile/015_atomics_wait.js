// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
