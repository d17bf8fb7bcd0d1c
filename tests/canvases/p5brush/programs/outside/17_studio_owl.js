/*
 * Owl on a Branch
 * ---------------
 * Feathers are rows of small open arcs; the face is two washes and a beak.
 */

const BROWN = ["#6b4a2f", "#8a6440", "#4e3524", "#a67c52"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#e8ecea");
  translate(-width / 2, -height / 2);
  randomSeed(73);
  noiseSeed(73);

  drawMoonGlow();
  drawBranch();
  drawBody();
  drawFeathers();
  drawFace();
  drawClaws();
}

function drawMoonGlow() {
  brush.noStroke();
  brush.fill("#f0d98c", 120);
  brush.fillBleed(0.4, "out");
  brush.fillTexture(0.3, 0.1);
  brush.circle(300, 270, 200);
  brush.noFill();
}

function drawBranch() {
  brush.set("charcoal", "#3a2b22", 3.2);
  brush.spline([[-20, 520, 1.2], [150, 500, 1.1], [330, 512, 1], [610, 470, 0.7]], 0.6);
  brush.set("charcoal", "#3a2b22", 1.4);
  brush.spline([[420, 500, 1], [470, 440, 0.8], [540, 410, 0.4]], 0.6);
  // leaves
  brush.noStroke();
  for (const [x, y, a] of [[545, 405, -30], [480, 430, -70], [90, 505, -110], [590, 470, -20]]) {
    brush.fill("#6d8b4e", 190);
    brush.fillBleed(0.1, "out");
    brush.beginShape(0.6);
    brush.vertex(x, y);
    brush.vertex(x + 26 * cos(a - 24), y + 26 * sin(a - 24));
    brush.vertex(x + 50 * cos(a), y + 50 * sin(a));
    brush.vertex(x + 26 * cos(a + 24), y + 26 * sin(a + 24));
    brush.endShape(true);
  }
  brush.noFill();
}

function drawBody() {
  brush.set("2B", "#4e3524", 1.1);
  brush.wash("#b08a62", 235);
  brush.beginShape(0.7);
  brush.vertex(205, 240);
  brush.vertex(220, 150);
  brush.vertex(300, 128);
  brush.vertex(380, 150);
  brush.vertex(395, 240);
  brush.vertex(388, 420);
  brush.vertex(300, 505);
  brush.vertex(212, 420);
  brush.endShape(true);
  brush.noWash();

  // wings
  for (const side of [-1, 1]) {
    brush.hatchStyle("2B", "#4e3524", 0.9);
    brush.hatch(6, side * 70, { rand: 0.15, continuous: false, gradient: 0.2 });
    brush.beginShape(0.6);
    brush.vertex(300 + side * 92, 245);
    brush.vertex(300 + side * 118, 360);
    brush.vertex(300 + side * 78, 470);
    brush.vertex(300 + side * 62, 330);
    brush.endShape(true);
    brush.noHatch();
  }
}

function drawFeathers() {
  for (let row = 0; row < 9; row++) {
    const y = 290 + row * 22;
    const half = 58 * sqrt(1 - pow((row - 3) / 8, 2));
    for (let x = -half; x <= half; x += 17) {
      brush.set("HB", random(BROWN), random(0.8, 1.4));
      brush.arc(300 + x + (row % 2) * 8, y, 9, 190, 350);
    }
  }
}

function drawFace() {
  brush.noStroke();
  brush.wash("#ead9b8", 255);
  brush.circle(258, 212, 44);
  brush.circle(342, 212, 44);
  brush.wash("#e6a417", 255);
  brush.circle(260, 212, 24);
  brush.circle(340, 212, 24);
  brush.wash("#17130f", 255);
  brush.circle(262, 212, 13);
  brush.circle(338, 212, 13);
  brush.wash("#ffffff", 255);
  brush.circle(267, 206, 4);
  brush.circle(343, 206, 4);
  brush.wash("#3a2c1e", 255);
  brush.beginShape(0.2);
  brush.vertex(288, 230);
  brush.vertex(312, 230);
  brush.vertex(300, 262);
  brush.endShape(true);
  brush.noWash();

  // radiating strokes around both eyes
  for (const ex of [258, 342]) {
    for (let a = 0; a < 360; a += 14) {
      brush.set("2H", "#7a5a3c", 1);
      brush.line(ex + 29 * cos(a), 212 + 29 * sin(a), ex + 43 * cos(a), 212 + 43 * sin(a));
    }
  }

  // ear tufts
  brush.set("charcoal", "#4e3524", 1.6);
  brush.spline([[232, 160, 1], [214, 130, 0.9], [206, 96, 0.3]], 0.5);
  brush.spline([[368, 160, 1], [386, 130, 0.9], [394, 96, 0.3]], 0.5);
}

function drawClaws() {
  brush.set("marker", "#2e241c", 0.9);
  for (const x of [262, 276, 290, 312, 326, 340]) brush.line(x, 496, x - 2, 518);
}
