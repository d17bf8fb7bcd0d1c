/**
 * Hillside village at dusk.
 * Every house is an object that knows how to paint itself.
 */
const CONFIG = {
  size: 600,
  seed: 1234,
  houses: 11,
  walls: ["#e4c9a0", "#d9a679", "#c9866b", "#efe0c2"],
  roofs: ["#8c3b2e", "#a34a36", "#6e2f2b"],
};

class House {
  /**
   * @param {number} x left edge
   * @param {number} y ground line
   * @param {number} w width
   * @param {number} h wall height
   */
  constructor(x, y, w, h) {
    this.x = x;
    this.y = y;
    this.w = w;
    this.h = h;
    this.wall = random(CONFIG.walls);
    this.roof = random(CONFIG.roofs);
    this.lit = random() > 0.4;
  }

  draw() {
    this.drawWall();
    this.drawRoof();
    this.drawWindows();
  }

  drawWall() {
    const { x, y, w, h } = this;
    brush.set("2B", "#4a3a35", 0.7);
    brush.wash(this.wall, 220);
    brush.rect(x, y - h, w, h);
    brush.noWash();
    brush.hatchStyle("2H", "#7b6757", 0.7);
    brush.hatch(6, 60, { rand: 0.2 });
    brush.rect(x + w * 0.7, y - h, w * 0.3, h);
    brush.noHatch();
  }

  drawRoof() {
    const { x, y, w, h } = this;
    const peak = y - h - w * 0.45;
    brush.set("pen", "#4a2420", 0.8);
    brush.wash(this.roof, 230);
    brush.beginShape(0);
    brush.vertex(x - w * 0.1, y - h);
    brush.vertex(x + w / 2, peak);
    brush.vertex(x + w * 1.1, y - h);
    brush.endShape(true);
    brush.noWash();
  }

  drawWindows() {
    const { x, y, w, h } = this;
    brush.set("rotring", "#3a2d2a", 1);
    brush.wash(this.lit ? "#ffd45e" : "#41505c", 230);
    for (let i = 0; i < 2; i++) {
      brush.rect(x + w * (0.16 + 0.4 * i), y - h * 0.75, w * 0.2, h * 0.3);
    }
    brush.noWash();
  }
}

let houses = [];

function setup() {
  createCanvas(CONFIG.size, CONFIG.size, WEBGL);
  angleMode(DEGREES);
  randomSeed(CONFIG.seed);
  noiseSeed(CONFIG.seed);
  brush.scaleBrushes(3);
  for (let i = 0; i < CONFIG.houses; i++) {
    const row = floor(i / 4);
    const x = 40 + (i % 4) * 140 + row * 30 + random(-12, 12);
    const y = 360 + row * 90 + random(-12, 12);
    houses.push(new House(x, y, random(62, 90), random(50, 78)));
  }
  houses.sort((a, b) => a.y - b.y);
}

function draw() {
  background("#f3d9c4");
  translate(-width / 2, -height / 2);
  drawSky();
  drawHill();
  houses.forEach((house) => house.draw());
  noLoop();
}

/** Bands of colour between two hues. */
function drawSky() {
  const top = color("#5b5f97");
  const bottom = color("#ffc09f");
  for (let i = 0; i < 26; i++) {
    const t = i / 25;
    brush.set("marker", lerpColor(top, bottom, t), 3.2);
    const y = 12 + t * 260;
    brush.spline([[-10, y], [200, y + random(-6, 6)], [400, y + random(-6, 6)], [610, y]], 0.5);
  }
}

function drawHill() {
  brush.noStroke();
  brush.fill("#6f7d4f", 150);
  brush.fillBleed(0.2, "out", 90);
  brush.fillTexture(0.5, 0.4);
  brush.beginShape(0.3);
  brush.vertex(-20, 330);
  for (let x = 60; x <= 560; x += 100) {
    brush.vertex(x, 285 + 60 * noise(x * 0.01));
  }
  brush.vertex(620, 320);
  brush.vertex(620, 620);
  brush.vertex(-20, 620);
  brush.endShape(true);
  brush.noFill();
}
