// engine: program_error work_limit
// page: program_error work_limit
function setup() {
  {CANVAS}
  {PETAL}
}
function draw() {
  while (frameCount < 1e9) Math.sqrt(2);
}
