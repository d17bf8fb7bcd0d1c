// engine: program_error too_large
// page: program_error too_large
function setup() {
  createCanvas(20000, 20000, WEBGL);
  {PETAL}
}
