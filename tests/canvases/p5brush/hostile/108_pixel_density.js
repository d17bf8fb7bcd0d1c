// engine: ok honest
// page: ok honest
function setup() {
  pixelDensity(64);
  {CANVAS}
  pixelDensity(0.01);
  {PETAL}
}
