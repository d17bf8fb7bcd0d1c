// Polygon and polygon(): every method, with the state and with overrides
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const ngon = (x, y, r, n) => Array.from({ length: n }, (_, k) => [x + r * cos((360 / n) * k), y + r * sin((360 / n) * k)]);
  brush.set("2H", "#3a0ca3", 1.5);
  brush.fill("#4cc9f0", 160);
  const drawn = brush.polygon(ngon(-160, -150, 80, 5));
  brush.fillBleed(0.2, "in");
  new brush.Polygon(ngon(20, -150, 70, 3)).fill();
  new brush.Polygon(ngon(180, -150, 60, 8)).fill("#f72585", 180, 0.3, 0.5, 0.6, "out", 90);
  brush.noFill();
  drawn.hatch(6, 20);
  brush.wash("#b5179e", 60);
  new brush.Polygon(ngon(-150, 60, 70, 6)).wash().draw();
  brush.noWash();
  new brush.Polygon(ngon(20, 60, 60, 4)).wash("#7209b7", 140).hatch(9, -30, { rand: 0.2 }).draw("charcoal", "#000000", 1);
  brush.mass("HB", "#3f37c9", { strength: 0.5 });
  new brush.Polygon(ngon(180, 60, 64, 7)).mass();
  brush.noMass();
  const corners = drawn.vertices.length + drawn.sides.length;
  for (let k = 0; k < corners; k++) brush.line(-230 + k * 20, 190, -230 + k * 20, 230);
}

function draw() {
  noLoop();
}
