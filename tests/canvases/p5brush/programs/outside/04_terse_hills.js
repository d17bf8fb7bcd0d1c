// layered hills, hatched
const P = ["#264653", "#2a9d8f", "#8ab17d", "#e9c46a", "#f4a261"];
const W = 600, H = 600;

const hill = (base, amp, k, off) => {
  const pts = [];
  for (let x = -20; x <= W + 20; x += 40) pts.push([x, base - amp * noise(x * k + off)]);
  return pts;
};

const shape = (pts) => {
  brush.beginShape(0.3);
  pts.forEach(([x, y]) => brush.vertex(x, y));
  brush.vertex(W + 20, H + 20);
  brush.vertex(-20, H + 20);
  brush.endShape(true);
};

function setup() {
  createCanvas(W, H, WEBGL);
  noLoop();
}

function draw() {
  randomSeed(77); noiseSeed(77);
  brush.scaleBrushes(3);
  translate(-W / 2, -H / 2);
  background("#fdf6e3");

  // sun
  brush.noStroke();
  brush.fill("#e76f51", 120);
  brush.fillBleed(0.3);
  brush.circle(430, 140, 60);
  brush.noFill();

  for (let i = 0; i < 5; i++) {
    const pts = hill(300 + i * 75, 150 - i * 12, 0.006, i * 10);
    brush.noStroke();
    brush.wash(P[4 - i], 190);
    shape(pts);
    brush.noWash();
    brush.set("HB", "#1d2a30", 0.9);
    brush.hatchStyle("2H", P[0], 0.8);
    brush.hatch(7 + i, radians(20 + i * 25), { rand: 0.15, gradient: 0.1 * i });
    shape(pts);
    brush.noHatch();
  }

  brush.set("pen", "#1d2a30", 1);
  for (let i = 0; i < 9; i++) {
    const x = random(60, 360), y = random(60, 190), s = random(6, 14);
    brush.line(x, y, x - s, y - s * 0.6);
    brush.line(x, y, x + s, y - s * 0.6);
  }
}
