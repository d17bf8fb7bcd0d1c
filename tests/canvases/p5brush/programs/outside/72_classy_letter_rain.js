/**
 * Rain of glyphs: a tiny stroke font, written by brush.beginStroke.
 * (Real text is not available on this canvas, so letters are paths.)
 */
const STROKES = {
  A: [[[0, 0], [5, -16], [10, 0]], [[2, -6], [8, -6]]],
  E: [[[9, -16], [0, -16], [0, 0], [9, 0]], [[0, -8], [7, -8]]],
  I: [[[5, 0], [5, -16]]],
  L: [[[0, -16], [0, 0], [9, 0]]],
  N: [[[0, 0], [0, -16], [10, 0], [10, -16]]],
  O: [[[5, -16], [0, -12], [0, -4], [5, 0], [10, -4], [10, -12], [5, -16]]],
  P: [[[0, 0], [0, -16], [9, -15], [9, -8], [0, -7]]],
  R: [[[0, 0], [0, -16], [9, -15], [9, -8], [0, -7]], [[4, -7], [10, 0]]],
  T: [[[0, -16], [10, -16]], [[5, -16], [5, 0]]],
  W: [[[0, -16], [2, 0], [5, -9], [8, 0], [10, -16]]],
};

class Drop {
  #age = 0;

  constructor(word, x, speed) {
    this.letters = [...word];
    this.x = x;
    this.speed = speed;
    this.y = -random(60);
    this.tint = lerpColor(color("#1d3557"), color("#a8dadc"), random());
  }

  /** Lets the drop fall for a number of ticks. */
  fall(ticks) {
    for (let i = 0; i < ticks; i++) {
      this.#age += 1;
      this.y += this.speed * (1 + 0.02 * this.#age);
    }
    return this;
  }

  get fade() {
    return constrain(map(this.y, 0, 600, 1.6, 0.5), 0.5, 1.6);
  }

  draw() {
    this.letters.forEach((letter, index) => {
      const size = 1.5 + this.speed * 0.12;
      const dy = index * 24 * size;
      const sway = 4 * sin(this.#age * 9 + index * 40);
      this.write(letter, this.x + sway, this.y - dy, size);
    });
    brush.set("cpencil", this.tint, 0.6);
    brush.line(this.x + 6, this.y + 10, this.x + 6, this.y + 10 + this.speed * 8);
  }

  write(letter, x, y, size) {
    const paths = STROKES[letter];
    if (!paths) return;
    brush.set("pen", this.tint, this.fade);
    for (const path of paths) {
      const points = path.map(([u, v]) => [x + u * size, y + v * size]);
      for (let k = 1; k < points.length; k++) {
        brush.line(...points[k - 1], ...points[k]);
      }
    }
  }
}

class Puddle {
  constructor(x, y, r) {
    Object.assign(this, { x, y, r });
  }

  draw() {
    push();
    translate(this.x, this.y);
    scale(1, 0.32);
    for (let k = 3; k > 0; k--) {
      brush.set("2H", `rgb(${90 + k * 20}, ${120 + k * 16}, ${150 + k * 12})`, 1.3);
      brush.circle(0, 0, (this.r * k) / 3);
    }
    pop();
  }
}

const WORDS = ["RAIN", "WATER", "PETAL", "TIN", "PAPER", "LATE", "ALONE", "INLET", "WIRE"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(1874);
  noiseSeed(1874);
}

function draw() {
  background("#f1efe9");
  translate(-width / 2, -height / 2);

  const puddles = Array.from({ length: 7 }, () => new Puddle(random(60, 540), random(520, 585), random(24, 60)));
  puddles.forEach((puddle) => puddle.draw());

  const drops = WORDS.map((word, i) => new Drop(word, 34 + i * 62, random(5, 9)));
  for (const drop of drops) drop.fall(floor(random(36, 58))).draw();

  // clouds above
  brush.field("curved");
  for (let i = 0; i < 46; i++) {
    brush.set("charcoal", random(["#6c757d", "#adb5bd", "#495057"]), random(0.6, 1.4));
    brush.flowLine(random(-40, 540), random(6, 70), random(40, 140), random(-6, 6));
  }
  brush.noField();
  noLoop();
}
