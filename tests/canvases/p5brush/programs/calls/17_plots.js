// Plot: addSegment, endPlot, rotate, genPol, draw, fill, wash, hatch and mass at several places and scales
function makeLeaf(type) {
  const plot = new brush.Plot(type);
  plot.addSegment(60, 60, 1);
  plot.addSegment(0, 60, 1.4);
  plot.addSegment(-60, 60, 0.7);
  plot.addSegment(-150, 90, 0.5);
  plot.endPlot(-200, 0.3);
  return plot;
}

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const curve = makeLeaf("curve");
  const segments = makeLeaf("segments");
  brush.set("2B", "#1b4332", 1.5);
  curve.draw(-230, -120, 1);
  segments.draw(-230, 60, 1);
  curve.rotate(45);
  curve.draw(-40, -100, 0.7);
  brush.fill("#40916c", 170);
  curve.fill(60, -90, 1);
  brush.noFill();
  brush.wash("#b7e4c7", 200);
  segments.wash(-60, 70, 1);
  brush.noWash();
  brush.hatch(6, 20);
  segments.hatch(100, 60, 1);
  brush.noHatch();
  brush.mass("charcoal", "#95d5b2", { strength: 0.4 });
  segments.mass(-100, 210, 1);
  brush.noMass();
  segments.genPol(80, 220, 1, 0.3).draw();
  segments.genPol(-240, 220, 1, 0).draw("pen", "#d00000", 1);
  brush.set("pen", "#d00000", segments.segments.length / 3);
  const [plot, x, y] = (brush.noStroke(), brush.circle(-120, -190, 30));
  brush.stroke("#9d0208");
  plot.draw(x, y, 1);
  plot.draw(x + 80, y, 1);
  brush.load(); // the canvas that is painted on anyway
  plot.draw(x + 160, y, 1);
}

function draw() {
  noLoop();
}
