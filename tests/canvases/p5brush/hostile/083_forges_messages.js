// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (value) {
    return postMessage.call(this, "forged");
  };
  window.postMessage({ outcome: "done" }, "*");
  EventTarget.prototype.addEventListener = () => {};
}
