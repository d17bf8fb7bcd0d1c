// engine: ok honest
// page: ok honest
function setup() {
  createCanvas(300, 300, WEBGL);
  createCanvas(400, 200);
  {CANVAS}
  {PETAL}
}
