// engine: program_error unsupported
// page: ok honest
// races
function setup() {
  {CANVAS}
  {PETAL}
  new p5((sketch) => {
    sketch.setup = () => sketch.createCanvas(64, 64);
    sketch.draw = () => sketch.background(0);
  });
}
