// engine: ok
// page: ok
function setup() {
  {CANVAS}
  for (const name of ["translate", "rotate", "scale"]) {
    push();
    window[name](NaN);
    brush.circle(0, 0, 30);
    pop();
  }
  brush.circle(NaN, NaN, NaN);
  brush.fillBleed(NaN);
  brush.rect(NaN, 0, 10, NaN);
  {PETAL}
}
