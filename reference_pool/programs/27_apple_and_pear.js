// A red apple and a green pear on a blue cloth, with shadows that fall two ways.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES); randomSeed(33); noiseSeed(33);
  background("#f6efe2");
  shape([[-270, 60], [-90, 50], [90, 56], [270, 46], [270, 270], [-270, 270]], "#7f9ec4", 210, 0.08);
  blob(-150, 152, 96, 24, "#4f6a94", 190, 0.1);
  blob(160, 150, 100, 22, "#5a74a0", 170, 0.1);
  pear(86, 34);
  apple(-78, 70);
}

function draw() { noLoop(); }

function paint(colour, opacity, bleed, angle) {
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", angle);
  brush.fillTexture(0.4, 0.5);
}

function shape(points, colour, opacity, bleed, angle = 90) {
  push();
  paint(colour, opacity, bleed, angle);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x, y);
  brush.endShape(true);
  pop();
}

function blob(x, y, rx, ry, colour, opacity, bleed, angle = 90) {
  const points = [];
  const seed = random(100);
  for (let a = 0; a < 360; a += 20) {
    const r = 1 + 0.16 * (noise(seed + cos(a), seed + sin(a)) - 0.5);
    points.push([x + rx * r * cos(a), y + ry * r * sin(a)]);
  }
  shape(points, colour, opacity, bleed, angle);
}

function apple(x, y) {
  blob(x, y, 98, 90, "#fdf3e0", 255, 0.02);
  blob(x, y, 100, 92, "#d8453a", 235, 0.05);
  blob(x + 24, y + 12, 66, 70, "#b3202a", 190, 0.2, 180);
  blob(x - 38, y - 34, 16, 22, "#fbe9d6", 220, 0.2);
  blob(x, y - 84, 22, 8, "#7a2a20", 220, 0.1);
  shape([[x - 3, y - 84], [x + 10, y - 130], [x + 18, y - 128], [x + 4, y - 82]], "#5a3c24", 240, 0.03);
  shape([[x + 10, y - 104], [x + 40, y - 134], [x + 82, y - 126], [x + 48, y - 104]], "#6a9a48", 230, 0.06);
}

function pear(x, y) {
  const outline = [[0, -150], [26, -130], [34, -84], [62, -30], [84, 30], [66, 92], [10, 114], [-52, 100], [-82, 40], [-62, -24], [-34, -80], [-26, -128]];
  const at = (k, dx) => outline.map(([px, py]) => [x + dx + px * k, y + py * k]);
  shape(at(0.99, 0), "#fbf6de", 255, 0.02);
  shape(at(1, 0), "#c6cc58", 230, 0.05);
  shape(at(0.72, 18), "#98a83c", 190, 0.2, 180);
  shape([[x - 3, y - 146], [x - 8, y - 190], [x, y - 192], [x + 5, y - 146]], "#5a3c24", 240, 0.03);
}
