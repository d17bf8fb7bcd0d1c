/*
 * The Lighthouse
 * --------------
 * A hatched tower on a rock, gulls, and a sea made of curved pencil lines.
 */

const INK = "#22313f";
const RED = "#b5382f";
const SEA = ["#2f6f8f", "#3f86a3", "#1f5673"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#f2ece0");
  translate(-width / 2, -height / 2);
  randomSeed(204);
  noiseSeed(204);

  drawSun();
  drawClouds();
  drawTower();
  drawRock();
  drawSea();
  drawGulls();
}

// ----- Sun: a flat wash with a pencil rim -----
function drawSun() {
  brush.noStroke();
  brush.wash("#f2c14e", 180);
  brush.circle(455, 130, 52);
  brush.noWash();
  brush.noFill();
  brush.set("2H", "#c98a1b", 1);
  brush.arc(455, 130, 60, 20, 160);
  brush.arc(455, 130, 68, 200, 340);
}

// ----- Clouds: short strokes in the "curved" field -----
function drawClouds() {
  brush.field("curved");
  brush.set("charcoal", "#9fb3bf", 0.7);
  for (let i = 0; i < 34; i++) {
    brush.flowLine(random(30, 380), random(50, 150), random(40, 130), random(-8, 8));
  }
  brush.noField();
}

// ----- Tower: four bands, every second one hatched red -----
function drawTower() {
  const left = 250;
  const right = 340;
  const top = 170;
  const bottom = 440;
  const bands = 6;
  for (let i = 0; i < bands; i++) {
    const t0 = i / bands;
    const t1 = (i + 1) / bands;
    const inset0 = lerp(20, 0, t0);
    const inset1 = lerp(20, 0, t1);
    const y0 = lerp(top, bottom, t0);
    const y1 = lerp(top, bottom, t1);
    brush.set("pen", INK, 1.2);
    if (i % 2 === 0) {
      brush.hatchStyle("marker", RED, 0.6);
      brush.hatch(4, 20, { rand: 0.1, continuous: false, gradient: false });
    } else {
      brush.hatchStyle("2H", INK, 0.8);
      brush.hatch(9, 70, { rand: 0.2, continuous: true, gradient: 0.3 });
    }
    brush.beginShape(0);
    brush.vertex(left + inset0, y0);
    brush.vertex(right - inset0, y0);
    brush.vertex(right - inset1, y1);
    brush.vertex(left + inset1, y1);
    brush.endShape(true);
  }
  brush.noHatch();

  // Lantern room
  brush.fill("#f7d774", 160);
  brush.fillBleed(0.2, "out");
  brush.rect(272, 132, 46, 38);
  brush.noFill();
  brush.set("rotring", INK, 1.3);
  brush.line(264, 170, 326, 170);
  brush.line(268, 132, 295, 104);
  brush.line(295, 104, 322, 132);
  brush.line(284, 132, 284, 170);
  brush.line(306, 132, 306, 170);
}

// ----- Rock: massed charcoal -----
function drawRock() {
  brush.set("charcoal", "#3c3a3a", 0.8);
  brush.mass("charcoal", "#5a5552", { precision: 0.4, strength: 0.8, gradient: 0.2, outline: true });
  brush.beginShape(0.3);
  brush.vertex(150, 500);
  brush.vertex(200, 440);
  brush.vertex(290, 425);
  brush.vertex(390, 445);
  brush.vertex(450, 500);
  brush.vertex(300, 520);
  brush.endShape(true);
  brush.noMass();
}

// ----- Sea: rows of wavy splines -----
function drawSea() {
  for (let y = 490; y < 600; y += 9) {
    brush.set("cpencil", random(SEA), map(y, 490, 600, 0.8, 1.8));
    const points = [];
    for (let x = -10; x <= 610; x += 45) {
      points.push([x, y + 12 * (noise(x * 0.02, y * 0.05) - 0.5), random(0.6, 1.2)]);
    }
    brush.spline(points, 0.5);
  }
}

// ----- Gulls -----
function drawGulls() {
  brush.set("pen", INK, 1);
  const gulls = [[120, 210, 22], [170, 180, 16], [430, 260, 20], [480, 235, 13]];
  for (const [x, y, s] of gulls) {
    brush.spline([[x - s, y - s * 0.3, 0.4], [x - s * 0.4, y - s * 0.5, 1], [x, y, 1], [x + s * 0.4, y - s * 0.5, 1], [x + s, y - s * 0.3, 0.4]], 0.8);
  }
}
