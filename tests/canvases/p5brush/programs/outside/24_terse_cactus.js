// three cacti in pots
let g = ["#386641", "#6a994e", "#52796f"], pot = ["#bc6c25", "#9c4a1a", "#dda15e"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

const cactus = (x, y, w, h, i) => {
  brush.set("2B", "#1b2a1f", 1);
  brush.fill(g[i], 200);
  brush.fillBleed(0.05);
  brush.fillTexture(0.5, 0.6);
  brush.beginShape(0.8);
  brush.vertex(x - w / 2, y);
  brush.vertex(x - w / 2, y - h * 0.8);
  brush.vertex(x, y - h);
  brush.vertex(x + w / 2, y - h * 0.8);
  brush.vertex(x + w / 2, y);
  brush.endShape(true);
  brush.noFill();
  // spines
  brush.set("rotring", "#f4f1de", 1.2);
  for (let k = 0; k < 46; k++) {
    const px = x + random(-0.42, 0.42) * w, py = y - random(0.06, 0.85) * h;
    brush.line(px - 4, py - 4, px + 4, py + 4);
    brush.line(px - 4, py + 4, px + 4, py - 4);
  }
  // flower
  brush.set("marker", "#e5383b", 1);
  for (let a = -150; a <= -30; a += 20) brush.line(x, y - h + 4, x + 16 * cos(a), y - h + 4 + 16 * sin(a));
  // pot
  brush.set("pen", "#3d2412", 1.2);
  brush.wash(pot[i], 255);
  brush.polygon([[x - w * 0.7, y - 6], [x + w * 0.7, y - 6], [x + w * 0.5, y + 80], [x - w * 0.5, y + 80]]);
  brush.rect(x - w * 0.8, y - 16, w * 1.6, 22);
  brush.noWash();
};

function draw() {
  randomSeed(6);
  background("#fefae0");
  translate(-300, -300);
  brush.set("pastel", "#e9c46a", 1.4);
  for (let y = 40; y < 300; y += 30) brush.line(40, y, 560, y + 10);
  brush.set("charcoal", "#7f5539", 2);
  brush.line(20, 520, 580, 516);
  cactus(140, 436, 70, 190, 0);
  cactus(310, 436, 96, 260, 1);
  cactus(470, 436, 80, 130, 2);
}
