// engine: program_error unsupported
// page: program_error never_finished
// races
function setup() {
  {CANVAS}
  {PETAL}
  MessagePort.prototype.postMessage = () => {};
}
