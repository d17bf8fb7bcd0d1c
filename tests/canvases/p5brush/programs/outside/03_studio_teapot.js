/*
 * Still Life with Teapot
 * ----------------------
 * Table, teapot, two lemons. Watercolor fills with hatched shadows.
 */

const COLORS = {
  paper: "#faf4e8",
  wall: "#d8c9b4",
  table: "#a9744f",
  pot: "#3d6b7d",
  lid: "#2e5566",
  lemon: "#e8c33a",
  shadow: "#4a3b36",
};

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(5);
  noiseSeed(5);
  noLoop();
}

function draw() {
  background(COLORS.paper);
  translate(-width / 2, -height / 2);

  drawTable();
  drawShadow(300, 452, 190, 26);
  drawPot();
  drawLemon(140, 430, 44, -12);
  drawLemon(480, 440, 38, 24);
}

function drawTable() {
  brush.noStroke();
  brush.fill(COLORS.table, 120);
  brush.fillBleed(0.12, "out", 90);
  brush.fillTexture(0.55, 0.35);
  brush.rect(30, 400, 540, 160);
  brush.noFill();

  // wood grain
  brush.field("waves");
  brush.set("2B", "#7c4f31", 0.5);
  for (let y = 412; y < 555; y += 16) {
    brush.flowLine(34, y, 530, 0);
  }
  brush.noField();
}

function drawShadow(cx, cy, w, h) {
  brush.noStroke();
  brush.noFill();
  brush.hatchStyle("charcoal", COLORS.shadow, 0.5);
  brush.hatch(5, 10, { rand: 0.3, continuous: false, gradient: 0 });
  brush.beginShape(0.8);
  brush.vertex(cx - w, cy);
  brush.vertex(cx, cy - h);
  brush.vertex(cx + w, cy);
  brush.vertex(cx, cy + h);
  brush.endShape(true);
  brush.noHatch();
}

function drawPot() {
  // body
  brush.noStroke();
  brush.fill(COLORS.pot, 170);
  brush.fillBleed(0.1, "in", 180);
  brush.fillTexture(0.4, 0.6);
  brush.beginShape(0.6);
  brush.vertex(210, 300);
  brush.vertex(260, 250);
  brush.vertex(340, 250);
  brush.vertex(395, 305);
  brush.vertex(400, 390);
  brush.vertex(350, 448);
  brush.vertex(250, 448);
  brush.vertex(200, 390);
  brush.endShape(true);

  // spout
  brush.fill(COLORS.pot, 160);
  brush.beginShape(0.4);
  brush.vertex(392, 380);
  brush.vertex(450, 340);
  brush.vertex(478, 280);
  brush.vertex(492, 284);
  brush.vertex(470, 360);
  brush.vertex(396, 420);
  brush.endShape(true);

  // lid
  brush.fill(COLORS.lid, 190);
  brush.fillBleed(0.07, "out");
  brush.beginShape(0.5);
  brush.vertex(248, 254);
  brush.vertex(275, 226);
  brush.vertex(327, 226);
  brush.vertex(352, 254);
  brush.vertex(300, 264);
  brush.endShape(true);
  brush.circle(300, 214, 13);
  brush.noFill();

  // handle and contour
  brush.set("2B", COLORS.lid, 2.4);
  brush.spline([[212, 300, 1], [150, 290, 1.3], [140, 350, 1.4], [205, 396, 0.9]], 0.7);
  brush.set("HB", COLORS.shadow, 0.9);
  brush.spline([[210, 300, 0.5], [200, 390, 1], [250, 448, 1.2], [350, 448, 1.2], [400, 390, 0.7]], 0.6);

  // a row of little flowers
  brush.set("pen", "#f3e6c8", 1);
  for (let i = 0; i < 6; i++) {
    const x = 226 + i * 30;
    const y = 352 + 6 * sin(i * 60);
    for (let k = 0; k < 6; k++) {
      brush.line(x, y, x + 9 * cos(k * 60), y + 9 * sin(k * 60));
    }
  }
}

function drawLemon(x, y, r, tilt) {
  push();
  translate(x, y);
  rotate(tilt);
  brush.noStroke();
  brush.fill(COLORS.lemon, 190);
  brush.fillBleed(0.12, "out", 90);
  brush.fillTexture(0.4, 0.7);
  brush.beginShape(0.7);
  brush.vertex(-r * 1.25, 0);
  brush.vertex(-r * 0.7, -r * 0.72);
  brush.vertex(r * 0.7, -r * 0.72);
  brush.vertex(r * 1.3, 0);
  brush.vertex(r * 0.7, r * 0.72);
  brush.vertex(-r * 0.7, r * 0.72);
  brush.endShape(true);
  brush.noFill();
  brush.set("cpencil", "#a8831a", 1);
  brush.spline([[-r, r * 0.3, 0.4], [0, r * 0.7, 1], [r, r * 0.3, 0.4]], 0.6);
  pop();
}
