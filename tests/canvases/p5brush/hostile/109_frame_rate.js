// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  frameRate(1e9);
  frameRate(-1);
}
function draw() {
  {PETAL}
}
