// engine: program_error too_small
// page: program_error too_small
function setup() {
  createCanvas(NaN, -Infinity, WEBGL);
  {PETAL}
}
