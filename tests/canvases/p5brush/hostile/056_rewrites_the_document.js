// engine: program_error unsupported
// page: program_error no_canvas
function setup() {
  {CANVAS}
  {PETAL}
  document.open();
  document.write("<p>A picture of great beauty</p>");
  document.close();
}
