/*
 * Pomegranate, cut open
 * ---------------------
 */

const RED = ["#9b1b30", "#c2334d", "#d9546b"];

function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(2.5);
  randomSeed(41);
  noLoop();
}

function draw() {
  background("#fbf7ee");
  drawRind();
  drawSeeds();
  drawCrown();
}

// The outer skin bleeds inwards, the flesh is a pale wash
function drawRind() {
  brush.noStroke();
  brush.fill(RED[0], 240);
  brush.fillBleed(0.12, "in");
  brush.fillTexture(0.5, 0.6);
  brush.circle(0, 20, 170, 0.3);
  brush.noFill();
  brush.set("cpencil", "#7a1226", 1.6);
  brush.circle(0, 20, 168);
  brush.noStroke();
  brush.wash("#f7e6c9", 240);
  brush.circle(0, 20, 146);
  brush.noWash();
}

function drawSeeds() {
  for (let chamber = 0; chamber < 6; chamber++) {
    for (let i = 0; i < 22; i++) {
      const a = chamber * 60 + random(6, 54);
      const r = 132 * sqrt(random(0.06, 0.9));
      const x = r * cos(a);
      const y = 20 + r * sin(a);
      brush.noStroke();
      brush.wash(random(RED), 230);
      brush.beginShape(0.7);
      brush.vertex(x + 12 * cos(a), y + 12 * sin(a));
      brush.vertex(x + 8 * cos(a + 90), y + 8 * sin(a + 90));
      brush.vertex(x - 10 * cos(a), y - 10 * sin(a));
      brush.vertex(x + 8 * cos(a - 90), y + 8 * sin(a - 90));
      brush.endShape(true);
      brush.noWash();
      brush.set("pen", "#ffd9de", 1);
      brush.line(x + 2, y - 4, x + 5, y - 2);
    }
    brush.set("2B", "#d9b98c", 1.2);
    brush.line(0, 20, 140 * cos(chamber * 60), 20 + 140 * sin(chamber * 60));
  }
}

function drawCrown() {
  brush.set("2B", "#7a1226", 1);
  for (const a of [-116, -103, -90, -77, -64]) {
    brush.wash(RED[0], 255);
    brush.beginShape(0.3);
    brush.vertex(160 * cos(a - 5), 20 + 160 * sin(a - 5));
    brush.vertex(208 * cos(a), 20 + 208 * sin(a));
    brush.vertex(160 * cos(a + 5), 20 + 160 * sin(a + 5));
    brush.endShape(true);
    brush.noWash();
  }
}
