// Two pears on a table: ten fills that lie wet in wet, and pencil for the stalks.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(18); noiseSeed(18);
  background("#faf5ea");
  blob("#d9c9b2", 110, 0.4, 0.4, 0, 0, 20, 230, 190);
  blob("#8d7f8e", 150, 0.25, 0.4, 0.2, 30, 168, 190, 34);
  pear(84, 30, 0.86, 10, ["#d8b13c", "#b98a2a", "#c2593a"]);
  pear(-66, 10, 1.1, -6, ["#b9bd4a", "#8a9a3a", "#c9742f"]);
}

function pear(x, y, size, lean, [light, shade, blush]) {
  push();
  translate(x, y);
  rotate(lean);
  scale(size);
  outline(light, 225, 0.07, 0.35, 0.65, 1, 0);
  outline(shade, 170, 0.16, 0.5, 0.4, 0.72, 26);
  blob(blush, 120, 0.35, 0.5, 0.1, -34, 66, 40, 46);
  pop();
  push();
  translate(x, y);
  rotate(lean);
  scale(size);
  brush.set("charcoal", "#4a3422", 2.6);
  brush.spline([[0, -112, 1], [6, -134, 0.9], [18, -156, 0.7]], 0.6);
  pop();
}

function outline(colour, opacity, bleed, texture, border, wide, shift) {
  const half = [[0, -118], [30, -108], [40, -70], [52, -24], [84, 26], [96, 84], [70, 138], [0, 158]];
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out", 0);
  brush.fillTexture(texture, border);
  brush.beginShape(0.7);
  for (const [x, y] of half) brush.vertex(x * wide + shift + random(-2, 2), y * (0.5 + wide / 2) + 6 * (1 - wide));
  for (const [x, y] of half.slice(1, -1).reverse()) brush.vertex(shift - x * wide + random(-2, 2), y * (0.5 + wide / 2));
  brush.endShape();
}

function blob(colour, opacity, bleed, texture, border, x, y, wide, tall) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(texture, border);
  brush.beginShape(0.7);
  for (let a = 0; a < 360; a += 24) {
    const reach = 0.85 + 0.3 * noise(x + cos(a), y + sin(a));
    brush.vertex(x + wide * reach * cos(a), y + tall * reach * sin(a));
  }
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
