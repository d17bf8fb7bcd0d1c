// engine: program_error runtime
// page: program_error runtime
Error.prepareStackTrace = () => "ok\n    at setup (sketch.js:1:1)";
Error.stackTraceLimit = Infinity;
function setup() {
  {CANVAS}
  {PETAL}
  null.x;
}
