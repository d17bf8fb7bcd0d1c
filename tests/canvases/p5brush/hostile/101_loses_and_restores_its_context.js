// engine: program_error unsupported
// page: program_error runtime
// races
async function setup() {
  {CANVAS}
  {PETAL}
  const extension = drawingContext.getExtension("WEBGL_lose_context");
  const element = document.querySelector("canvas");
  element.addEventListener("webglcontextlost", (event) => event.preventDefault());
  const restored = new Promise((done) => element.addEventListener("webglcontextrestored", done));
  extension.loseContext();
  await new Promise((done) => setTimeout(done, 10));
  extension.restoreContext();
  await restored;
  throw new Error("restored");
}
