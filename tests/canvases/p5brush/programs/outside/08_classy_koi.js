/**
 * Koi pond. Vectors carry the fish bodies; ripples are arcs.
 */
class Koi {
  constructor(x, y, heading, len) {
    this.pos = createVector(x, y);
    this.heading = heading;
    this.len = len;
    this.patches = Array.from({ length: 3 }, () => ({
      at: random(0.15, 0.75),
      r: random(0.06, 0.12) * len,
    }));
  }

  /** Spine point at t (0 head, 1 tail) with a lazy S bend. */
  spine(t) {
    const bend = sin(t * 260) * this.len * 0.1;
    const v = createVector(-t * this.len, bend);
    return p5.Vector.add(this.pos, v.rotate(this.heading));
  }

  /** Half width of the body at t. */
  girth(t) {
    return this.len * 0.13 * sqrt(sin(min(180, 20 + t * 160)));
  }

  outline() {
    const left = [];
    const right = [];
    for (let t = 0; t <= 1; t += 0.125) {
      const p = this.spine(t);
      const q = this.spine(t + 0.02);
      const n = p5.Vector.sub(q, p).normalize().rotate(90).mult(this.girth(t));
      left.push([p.x + n.x, p.y + n.y]);
      right.unshift([p.x - n.x, p.y - n.y]);
    }
    return [...left, ...right];
  }

  draw() {
    brush.noStroke();
    brush.wash("#f4efe6", 240);
    this.trace(this.outline());
    brush.noWash();

    for (const { at, r } of this.patches) {
      const p = this.spine(at);
      brush.fill("#d8400f", 250);
      brush.fillBleed(0.2, "out");
      brush.fillTexture(0.4, 0.6);
      brush.circle(p.x, p.y, r, 0.4);
    }
    brush.noFill();

    const tail = this.spine(1);
    const fin = (a) => {
      const tip = createVector(-this.len * 0.26, 0).rotate(this.heading + a);
      brush.spline(
        [
          [tail.x, tail.y, 1],
          [tail.x + tip.x * 0.5, tail.y + tip.y * 0.6, 0.8],
          [tail.x + tip.x, tail.y + tip.y, 0.3],
        ],
        0.6
      );
    };
    brush.set("2B", "#b8431b", 1);
    [-38, -25, -12, 0, 12, 25, 38].forEach(fin);

    const eye = this.spine(0.06);
    brush.set("pen", "#1c1c22", 1.6);
    brush.circle(eye.x, eye.y, 2);
  }

  trace(points) {
    brush.beginShape(0.5);
    for (const [x, y] of points) brush.vertex(x, y);
    brush.endShape(true);
  }
}

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(31);
}

function draw() {
  background("#b9d6cf");
  translate(-width / 2, -height / 2);

  // ripples
  for (let i = 0; i < 16; i++) {
    const x = random(width);
    const y = random(height);
    brush.set("cpencil", random(["#7fb0a8", "#93c0b8", "#5f978f"]), 1.2);
    for (let k = 1; k < 4; k++) brush.arc(x, y, k * 18, random(360), random(360));
  }

  const school = [
    new Koi(360, 170, -20, 210),
    new Koi(240, 330, 160, 180),
    new Koi(470, 430, 60, 230),
  ];
  school.forEach((koi) => koi.draw());

  // lily pads
  for (const [x, y, r] of [[90, 110, 58], [150, 500, 70], [520, 260, 44]]) {
    brush.set("HB", "#34502f", 1);
    brush.fill("#5c8a4a", 170);
    brush.fillBleed(0.12, "in");
    brush.fillTexture(0.4, 0.5);
    brush.circle(x, y, r);
    brush.noFill();
    for (let a = 0; a < 360; a += 45) {
      brush.line(x, y, x + cos(a) * r * 0.85, y + sin(a) * r * 0.85);
    }
  }
  noLoop();
}
