/**
 * View from a train: layers move at their own speed, so each is blurred by its own length.
 */
const LAYERS = [
  { name: "mountains", base: 250, speed: 0.2, tint: "#93a8b8", amplitude: 90 },
  { name: "hills", base: 300, speed: 0.5, tint: "#7d9a78", amplitude: 50 },
  { name: "fields", base: 350, speed: 1, tint: "#c2b260", amplitude: 24 },
  { name: "hedge", base: 400, speed: 2, tint: "#4f6b3c", amplitude: 30 },
];

const profile = ({ base, amplitude, speed }) => (x) => base - amplitude * noise(x * 0.008 * speed + base);

class Layer {
  constructor(options) {
    Object.assign(this, options);
    this.line = profile(options);
  }

  drawMass() {
    brush.noStroke();
    brush.wash(this.tint, 250);
    brush.beginShape(0.3);
    for (let x = 40; x <= 560; x += 40) brush.vertex(x, this.line(x));
    brush.vertex(560, 470);
    brush.vertex(40, 470);
    brush.endShape(true);
    brush.noWash();
  }

  drawBlur() {
    const length = 12 + this.speed * 50;
    const shade = lerpColor(color(this.tint), color("#1c2a22"), 0.35);
    const light = lerpColor(color(this.tint), color("#fff6d8"), 0.4);
    for (let i = 0; i < 26; i++) {
      const x = random(44, 556 - length);
      const y = this.line(x) + random(4, 60);
      if (y > 462) continue;
      brush.set(this.speed > 0.6 ? "cpencil" : "2H", random() < 0.5 ? shade : light, 0.8 + this.speed * 0.5);
      brush.line(x, y, x + length, y + random(-1, 1));
    }
  }

  draw() {
    this.drawMass();
    this.drawBlur();
  }
}

/** Telegraph poles with their wires, in the near distance. */
class Wires {
  constructor(poles) {
    this.poles = poles;
  }

  draw() {
    brush.set("marker", "#3b2a20", 1.2);
    for (const x of this.poles) {
      brush.line(x, 170, x, 440);
      brush.line(x - 16, 186, x + 16, 186);
    }
    brush.set("rotring", "#2b2b2b", 0.9);
    for (let k = 0; k < 3; k++) {
      const points = [];
      const ends = [40, ...this.poles, 560];
      for (let i = 0; i < ends.length - 1; i++) {
        for (let t = 0; t < 1; t += 0.25) {
          const x = lerp(ends[i], ends[i + 1], t);
          points.push([x, 182 + k * 9 + 70 * t * (1 - t), 1]);
        }
      }
      brush.spline(points, 0.4);
    }
  }
}

/** The carriage itself: window frame, curtain, a cup on the table. */
class Carriage {
  draw() {
    this.drawWalls();
    this.drawCurtain();
    this.drawCup();
  }

  drawWalls() {
    brush.noStroke();
    brush.wash("#6b3a2e", 255);
    brush.rect(-4, -4, 608, 64);
    brush.rect(-4, 470, 608, 134);
    brush.rect(-4, 56, 44, 420);
    brush.rect(560, 56, 44, 420);
    brush.noWash();
    brush.set("2B", "#2e1611", 1.4);
    brush.rect(40, 60, 520, 410);
    brush.set("pen", "#d8b26a", 1.4);
    brush.rect(32, 52, 536, 426);
    brush.hatchStyle("2B", "#532a20", 0.9);
    brush.hatch(8, 90, { rand: 0.1 });
    brush.noStroke();
    brush.rect(0, 482, 600, 118);
    brush.noHatch();
  }

  drawCurtain() {
    for (let k = 0; k < 9; k++) {
      const x = 44 + k * 8;
      brush.set("marker", k % 2 ? "#a63c4b" : "#8a2c3b", 1.4);
      brush.spline([[x, 62, 1], [x + 6, 180, 1], [x - k * 2, 300, 1], [x - k * 3 + 10, 468, 0.8]], 0.6);
    }
  }

  drawCup() {
    brush.noStroke();
    brush.wash("#d9c3a0", 255);
    brush.rect(330, 500, 230, 16);
    brush.set("2B", "#33312c", 1.2);
    brush.wash("#fbfaf4", 255);
    brush.beginShape(0.3);
    brush.vertex(420, 448);
    brush.vertex(480, 448);
    brush.vertex(472, 500);
    brush.vertex(428, 500);
    brush.endShape(true);
    brush.noWash();
    brush.arc(484, 472, 14, 270, 90);
    brush.set("charcoal", "#f4f1ea", 0.7);
    brush.wiggle(4);
    brush.line(440, 440, 446, 396);
    brush.line(458, 440, 452, 390);
    brush.noField();
  }
}

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  randomSeed(1930);
  noiseSeed(1930);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#f4e3c3");
  translate(-width / 2, -height / 2);
  brush.set("pastel", "#f8cf9a", 1.4);
  for (let y = 80; y < 250; y += 28) brush.line(44, y, 556, y + random(-4, 4));

  LAYERS.map((options) => new Layer(options)).forEach((layer) => layer.draw());
  new Wires([150, 330, 510]).draw();
  new Carriage().draw();
}
