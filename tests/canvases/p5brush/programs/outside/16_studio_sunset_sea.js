/*
 * Sunset over the Sea
 * -------------------
 * Five bands of watercolor for the sky, a low sun, and a path of light
 * made of short marker strokes on the water.
 */

const SKY = ["#3d4a7a", "#7a5a8c", "#c76b7e", "#ee9b6a", "#f7cf7d"];
const WATER = "#2c4a66";

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#fbeedd");
  translate(-width / 2, -height / 2);
  randomSeed(19);
  noiseSeed(19);

  drawSky();
  drawSun(310, 318, 58);
  drawSea();
  drawLightPath(310);
  drawSail(120, 372, 46);
}

// Each band overlaps the next so that the pigments mix
function drawSky() {
  // a faint pencil line for the horizon
  brush.set("2H", "#c9a98f", 1);
  brush.line(10, 345, 590, 345);
  brush.noStroke();
  for (let i = 0; i < SKY.length; i++) {
    const y = i * 66;
    brush.fill(SKY[i], 170);
    brush.fillBleed(0.1, "out", 90);
    brush.fillTexture(0.45, 0.1);
    brush.beginShape(0.3);
    brush.vertex(-30, y - 10);
    brush.vertex(200, y - 22 + random(20));
    brush.vertex(420, y - 22 + random(20));
    brush.vertex(630, y - 10);
    brush.vertex(630, y + 82);
    brush.vertex(300, y + 88);
    brush.vertex(-30, y + 82);
    brush.endShape(true);
  }
  brush.noFill();
}

function drawSun(x, y, r) {
  brush.noStroke();
  brush.wash("#fff1b8", 230);
  brush.circle(x, y, r);
  brush.noWash();
}

function drawSea() {
  brush.noStroke();
  brush.wash(WATER, 245);
  brush.rect(-5, 345, 610, 260);
  brush.noWash();
  brush.field("curved");
  for (let i = 0; i < 90; i++) {
    const y = random(350, 596);
    brush.set("cpencil", random(["#456a8a", "#1d3550", "#6b7fa3"]), map(y, 350, 596, 0.6, 2));
    brush.flowLine(random(-40, 560), y, map(y, 350, 596, 30, 140), 0);
  }
  brush.noField();
}

function drawLightPath(x) {
  for (let y = 350; y < 590; y += 6) {
    const spread = map(y, 350, 590, 40, 110);
    for (let k = 0; k < 3; k++) {
      const cx = x + random(-spread, spread) * 0.6;
      const len = random(6, spread * 0.5);
      brush.set("marker", random(["#ffd98a", "#f7b267", "#fff1c9"]), map(y, 350, 590, 0.3, 0.9));
      brush.line(cx - len / 2, y, cx + len / 2, y + random(-1, 1));
    }
  }
}

function drawSail(x, y, h) {
  brush.set("pen", "#1b1f33", 1.1);
  brush.wash("#2a2238", 255);
  brush.beginShape(0);
  brush.vertex(x, y - h);
  brush.vertex(x + h * 0.55, y - 4);
  brush.vertex(x, y - 4);
  brush.endShape(true);
  brush.beginShape(0);
  brush.vertex(x - h * 0.5, y);
  brush.vertex(x + h * 0.6, y);
  brush.vertex(x + h * 0.4, y + 10);
  brush.vertex(x - h * 0.35, y + 10);
  brush.endShape(true);
  brush.noWash();
}
