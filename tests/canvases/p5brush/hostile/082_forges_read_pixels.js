// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  const forge = (a, b, c, d, e, f, pixels) => pixels.fill(7);
  WebGL2RenderingContext.prototype.readPixels = forge;
  drawingContext.readPixels = forge;
  WebGL2RenderingContext.prototype.isContextLost = () => false;
  Object.defineProperty(WebGL2RenderingContext.prototype, "drawingBufferWidth", { get: () => 64 });
  Uint8Array.prototype.toBase64 = () => "AAAA";
  Document.prototype.getElementById = () => ({ getContext: () => null });
}
