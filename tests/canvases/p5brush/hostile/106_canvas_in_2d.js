// engine: program_error no_canvas
// page: program_error no_canvas
function setup() {
  createCanvas(512, 512);
  {PETAL}
}
