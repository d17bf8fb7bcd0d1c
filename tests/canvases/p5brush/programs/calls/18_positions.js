// Position: moveTo, plotTo, angle, reset, isIn and plotted, with and without a field
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(18);
  background("#fbf6ec");
  const walk = (colour, active) => {
    if (active) brush.field("spiral");
    else brush.noField();
    for (let i = 0; i < 14; i++) {
      const at = new brush.Position(30 + i * 34, active ? 300 : 30);
      const points = [];
      for (let k = 0; k < 12 && at.isIn(); k++) {
        points.push([at.x - width / 2, at.y - height / 2, 1]);
        at.moveTo(-90 + i * 4 + 0.2 * at.angle(), 16, 4);
      }
      brush.noField();
      brush.set("HB", colour, 1 + at.plotted / 300);
      if (points.length > 2) brush.spline(points, 0.5);
      if (active) brush.field("spiral");
    }
  };
  walk("#0a9396", false);
  walk("#bb3e03", true);
  brush.noField();
  const plot = new brush.Plot("curve");
  plot.addSegment(0, 100, 1);
  plot.addSegment(40, 100, 1);
  plot.endPlot(-40, 1);
  const at = new brush.Position(30, 480);
  brush.set("marker", "#9b2226", 0.8);
  for (let k = 0; k < 20; k++) {
    at.plotTo(plot, 10, 2);
    brush.line(at.x - width / 2, at.y - height / 2, at.x - width / 2 + 4, at.y - height / 2 - 14);
    if (k === 12) at.reset();
  }
}

function draw() {
  noLoop();
}
