// engine: program_error unsupported
// page: ok honest
// races
function setup() {
  {CANVAS}
  {PETAL}
  const channel = new MessageChannel();
  const gl = drawingContext;
  gl.enable(gl.SCISSOR_TEST);
  let turn = 0;
  channel.port1.onmessage = () => {
    gl.scissor(turn % 512, 0, 1, 512);
    gl.clearColor((turn % 7) / 7, 0, (turn % 11) / 11, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    turn += 1;
    channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
}
