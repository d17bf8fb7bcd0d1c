// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  HTMLCanvasElement.prototype.toDataURL = () => "data:image/png;base64,AAAA";
  HTMLCanvasElement.prototype.toBlob = (call) => call(new Blob(["x"]));
  OffscreenCanvas.prototype.convertToBlob = async () => new Blob(["x"]);
}
