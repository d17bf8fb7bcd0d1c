// engine: program_error unsupported
// page: program_error no_canvas
function setup() {
  {CANVAS}
  {PETAL}
  document.querySelector("canvas").remove();
}
