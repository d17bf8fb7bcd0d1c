// engine: program_error unsupported
// page: program_error no_canvas
function setup() {
  {CANVAS}
  {PETAL}
  document.querySelector("canvas").remove();
  const other = document.createElement("canvas");
  other.id = "defaultCanvas0";
  document.body.append(other);
  other.getContext("2d").fillRect(0, 0, 50, 50);
}
