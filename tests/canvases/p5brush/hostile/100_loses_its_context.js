// engine: program_error unsupported
// page: program_error runtime
// races
function setup() {
  {CANVAS}
  {PETAL}
  drawingContext.getExtension("WEBGL_lose_context").loseContext();
}
