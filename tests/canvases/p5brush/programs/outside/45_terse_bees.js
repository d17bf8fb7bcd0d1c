// honeycomb, some cells full, bees on top
const R = 38;
let cells = [];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(12);
  for (let r = 0; r < 9; r++)
    for (let c = 0; c < 9; c++)
      cells.push({ x: c * R * 1.75 + (r % 2) * R * 0.87 + 10, y: r * R * 1.52 + 30, full: noise(c * 0.4, r * 0.4) });
}

const hex = (x, y, s) => Array.from({ length: 6 }, (_, k) => [x + s * cos(60 * k + 30), y + s * sin(60 * k + 30)]);

const bee = (x, y, a) => {
  push();
  translate(x, y);
  rotate(a);
  brush.noStroke();
  brush.wash("#ffffff", 150);
  brush.beginShape(0.8);
  [[0, -8], [-16, -40], [6, -46], [10, -10]].forEach((v) => brush.vertex(...v));
  brush.endShape(true);
  brush.wash("#e9a400", 255);
  brush.beginShape(0.8);
  [[-30, 0], [-10, -15], [20, -13], [32, 0], [20, 13], [-10, 15]].forEach((v) => brush.vertex(...v));
  brush.endShape(true);
  brush.noWash();
  brush.set("marker", "#231a10", 0.9);
  [-12, 0, 12].forEach((k) => brush.line(k, -13, k, 13));
  brush.set("pen", "#231a10", 1.2);
  brush.line(30, -4, 42, -14);
  brush.line(30, 4, 42, 12);
  pop();
};

function draw() {
  background("#fff3d1");
  translate(-300, -300);
  for (const { x, y, full } of cells) {
    brush.set("2B", "#9a6a12", 1.2);
    if (full > 0.5) brush.wash(full > 0.6 ? "#e8960c" : "#f6c244", 220);
    if (full < 0.36) {
      brush.hatchStyle("2H", "#c9962e", 1);
      brush.hatch(6, 30, { rand: 0.1 });
    }
    brush.polygon(hex(x, y, R * 0.92));
    brush.noWash();
    brush.noHatch();
  }
  [[150, 170, -20], [420, 130, 40], [300, 330, 160], [130, 470, 10], [480, 450, -70]].forEach((b) => bee(...b));
  noLoop();
}
