// one shape with wash, fill, mass, hatch, stroke and a field, and what switching off leaves
function blob(x, y, r) {
  brush.beginShape(0.7);
  for (let a = 0; a < 360; a += 60) brush.vertex(x + r * cos(a), y + r * sin(a) * 0.9, 0.6 + a / 360);
  brush.endShape(true);
}

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(31);
  background("#fbf6ec");
  brush.scaleBrushes(2);
  brush.field("curved");
  brush.wash("#ffe8a3", 200);
  brush.fill("#e76f51", 150);
  brush.mass("cpencil", "#264653", { strength: 0.4 });
  brush.hatch(9, 30, { rand: 0.1 });
  brush.hatchStyle("2H", "#6d597a", 1);
  brush.set("2B", "#1d3557", 1.4);
  blob(-130, -130, 100);
  brush.noMass();
  blob(130, -130, 100);
  brush.noHatch();
  brush.noWash();
  blob(-130, 130, 100);
  brush.noFill();
  brush.noField();
  blob(130, 130, 100);
}

function draw() {
  noLoop();
}
