// engine: program_error never_finished
// page: program_error never_finished
// races
function setup() {
  {CANVAS}
  frameRate(0);
}
function draw() {
  {PETAL}
}
