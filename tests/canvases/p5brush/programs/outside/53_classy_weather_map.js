/**
 * Weather map: isobars by marching over a pressure function, wind barbs by gradient.
 */
const pressure = (x, y) => {
  const low = exp(-(sq(x - 200) + sq(y - 250)) / 26000);
  const high = exp(-(sq(x - 440) + sq(y - 400)) / 30000);
  return high - low + 0.15 * noise(x * 0.006, y * 0.006);
};

/** Walks along the line of equal pressure through (x, y). */
function* isobar(x, y, steps, stride) {
  for (let i = 0; i < steps; i++) {
    yield [x, y];
    const gx = pressure(x + 1, y) - pressure(x - 1, y);
    const gy = pressure(x, y + 1) - pressure(x, y - 1);
    const g = sqrt(gx * gx + gy * gy) || 1;
    x += (-gy / g) * stride;
    y += (gx / g) * stride;
    if (x < 30 || x > 570 || y < 30 || y > 570) return;
  }
}

class Barb {
  constructor(x, y) {
    this.origin = createVector(x, y);
    const gx = pressure(x + 1, y) - pressure(x - 1, y);
    const gy = pressure(x, y + 1) - pressure(x, y - 1);
    this.direction = createVector(-gy, gx);
    this.speed = this.direction.mag() * 4000;
    this.direction.normalize();
  }

  draw() {
    if (this.speed < 4) return;
    const tip = p5.Vector.add(this.origin, p5.Vector.mult(this.direction, 18));
    brush.set("rotring", "#27496d", 1);
    brush.line(this.origin.x, this.origin.y, tip.x, tip.y);
    const feathers = min(4, floor(this.speed / 6));
    for (let k = 0; k < feathers; k++) {
      const at = p5.Vector.lerp(tip, this.origin, k * 0.22);
      const side = this.direction.copy().rotate(2).mult(8);
      brush.line(at.x, at.y, at.x + side.x, at.y + side.y);
    }
  }
}

function setup() {
  createCanvas(600, 600, WEBGL);
  brush.scaleBrushes(3);
  noiseSeed(1013);
  randomSeed(1013);
}

function draw() {
  background("#f4f1e4");
  translate(-width / 2, -height / 2);

  // coast
  brush.set("2B", "#7a6a4f", 1.2);
  brush.hatchStyle("2H", "#c9b98f", 1);
  brush.hatch(9, 0.7, { rand: 0.1 });
  brush.beginShape(0.4);
  for (let a = 0; a < TWO_PI; a += 0.35) {
    const r = 120 + 80 * noise(cos(a) + 2, sin(a) + 2);
    brush.vertex(360 + r * cos(a), 230 + r * 0.9 * sin(a));
  }
  brush.endShape(true);
  brush.noHatch();

  // isobars from both centres outwards
  for (const [cx, cy, tint] of [[200, 250, "#c1443c"], [440, 400, "#2f6db5"]]) {
    for (let r = 24; r < 170; r += 24) {
      const points = [...isobar(cx + r, cy, 70, 12)].map(([x, y]) => [x, y, 1]);
      if (points.length < 4) continue;
      brush.set("pen", tint, map(r, 24, 170, 1.8, 0.8));
      brush.spline(points, 0.5);
    }
  }

  for (let x = 50; x < 580; x += 48) {
    for (let y = 50; y < 580; y += 48) new Barb(x, y).draw();
  }

  brush.set("marker", "#c1443c", 1.4);
  brush.line(190, 236, 190, 262);
  brush.line(190, 262, 206, 262);
  brush.set("marker", "#2f6db5", 1.4);
  brush.line(432, 386, 432, 412);
  brush.line(448, 386, 448, 412);
  brush.line(432, 399, 448, 399);

  noFill();
  stroke(60);
  rect(20, 20, 560, 560);
  noLoop();
}
