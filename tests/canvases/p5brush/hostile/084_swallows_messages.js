// engine: ok
// page: program_error never_finished
// races
function setup() {
  {CANVAS}
  {PETAL}
  MessagePort.prototype.postMessage = () => {};
}
