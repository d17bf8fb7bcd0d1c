/**
 * Jellyfish drifting upwards. Tentacles are random walks with falling pressure.
 */
class Jelly {
  #drift;

  constructor({ x, y, size, hue }) {
    this.x = x;
    this.y = y;
    this.size = size;
    this.hue = hue;
    this.#drift = random(-1, 1);
  }

  get ink() {
    return `hsl(${this.hue}, 60%, 72%)`;
  }

  tentacle(offset) {
    const points = [];
    let px = this.x + offset;
    let py = this.y + this.size * 0.1;
    const steps = 8;
    for (let k = 0; k < steps; k++) {
      points.push([px, py, map(k, 0, steps - 1, 1.1, 0.2)]);
      px += this.#drift * 6 + random(-12, 12);
      py += this.size * random(0.2, 0.32);
    }
    return points;
  }

  bell() {
    const { x, y, size: s } = this;
    brush.beginShape(0.6);
    [
      [-1, 0.1], [-0.95, -0.4], [-0.55, -0.85], [0, -1], [0.55, -0.85], [0.95, -0.4], [1, 0.1],
      [0.6, -0.02], [0.2, 0.14], [-0.2, 0.14], [-0.6, -0.02],
    ].forEach(([u, v]) => brush.vertex(x + u * s, y + v * s));
    brush.endShape(true);
  }

  draw() {
    const { x, y, size: s } = this;
    for (let o = -0.8; o <= 0.8; o += 0.2) {
      brush.set(random() < 0.5 ? "2B" : "cpencil", this.ink, s / 50);
      brush.spline(this.tentacle(o * s), 0.7);
    }
    brush.noStroke();
    brush.wash(this.ink, 110);
    this.bell();
    brush.noWash();
    brush.set("cpencil", "#ffffff", 1);
    this.bell();
    for (let k = -3; k <= 3; k++) {
      brush.spline([[x + k * s * 0.26, y, 0.6], [x + k * s * 0.22, y - s * 0.5, 0.8], [x + k * s * 0.05, y - s * 0.92, 0.2]], 0.6);
    }
  }
}

function setup() {
  createCanvas(512, 512, WEBGL);
  brush.scaleBrushes(2.5);
  randomSeed(13);
  noiseSeed(13);
}

function draw() {
  background("#0b2340");
  translate(-width / 2, -height / 2);

  // light from above
  for (let i = 0; i < 18; i++) {
    brush.set("pastel", "#1e4a72", 1.2);
    const x = random(width);
    brush.line(x, -10, x - 70, random(120, 340));
  }

  const bloom = [
    { x: 150, y: 150, size: 84, hue: 320 },
    { x: 370, y: 230, size: 62, hue: 190 },
    { x: 240, y: 370, size: 38, hue: 40 },
    { x: 440, y: 90, size: 30, hue: 280 },
  ];
  for (const options of bloom) new Jelly(options).draw();

  // plankton
  brush.set("spray", "#bfe3ff", 0.3);
  for (let i = 0; i < 26; i++) {
    const p = createVector(random(width), random(height));
    brush.line(p.x, p.y, p.x + 2, p.y);
  }
  noLoop();
}
