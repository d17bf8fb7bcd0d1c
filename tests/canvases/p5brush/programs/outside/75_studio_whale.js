/*
 * The Whale and the Boat
 * ----------------------
 * Below the line everything is blue and slow, above it is paper.
 */

const DEEP = ["#12355b", "#1b4f72", "#2874a6", "#5499c7"];
const WHALE = "#2c3e50";
const BELLY = "#cfd8dc";

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  noLoop();
}

function draw() {
  background("#f9f3e6");
  translate(-width / 2, -height / 2);
  randomSeed(1851);
  noiseSeed(1851);

  drawSun();
  drawWater();
  drawWhale();
  drawGrooves();
  drawBarnacles();
  drawFish();
  drawSurface();
  drawBoat(430, 166);
}

// --------------------------------------------------
function drawSun() {
  brush.set("cpencil", "#e3a857", 1.2);
  for (let a = 0; a < 360; a += 12) {
    brush.line(120 + 44 * cos(a), 90 + 44 * sin(a), 120 + random(56, 72) * cos(a), 90 + random(56, 72) * sin(a));
  }
  brush.noStroke();
  brush.wash("#efb65a", 220);
  brush.circle(120, 90, 34);
  brush.noWash();
}

// Darker with every band
function drawWater() {
  brush.noStroke();
  for (let i = 0; i < 4; i++) {
    brush.wash(DEEP[3 - i], 215);
    brush.rect(-5, 190 + i * 104, 610, 112);
  }
  brush.noWash();
  brush.field("curved");
  for (let i = 0; i < 70; i++) {
    const y = random(200, 596);
    brush.set("2H", random(["#7fb3d5", "#aed6f1", "#1a5276"]), 1.1);
    brush.flowLine(random(-60, 560), y, random(40, 160), random(-6, 6));
  }
  brush.noField();
}

// --------------------------------------------------
function drawWhale() {
  brush.set("2B", "#17202a", 1.2);

  // body
  brush.wash(WHALE, 255);
  brush.beginShape(0.6);
  brush.vertex(70, 390);
  brush.vertex(110, 320);
  brush.vertex(220, 290);
  brush.vertex(340, 310);
  brush.vertex(440, 370);
  brush.vertex(520, 380);
  brush.vertex(440, 420);
  brush.vertex(320, 460);
  brush.vertex(170, 470);
  brush.endShape(true);

  // belly
  brush.wash(BELLY, 255);
  brush.beginShape(0.6);
  brush.vertex(78, 402);
  brush.vertex(180, 424);
  brush.vertex(300, 430);
  brush.vertex(320, 456);
  brush.vertex(170, 470);
  brush.endShape(true);

  // tail
  brush.wash(WHALE, 255);
  brush.beginShape(0.5);
  brush.vertex(506, 380);
  brush.vertex(548, 330);
  brush.vertex(590, 326);
  brush.vertex(556, 376);
  brush.vertex(586, 430);
  brush.vertex(540, 412);
  brush.endShape(true);

  // flipper
  brush.beginShape(0.5);
  brush.vertex(220, 430);
  brush.vertex(262, 452);
  brush.vertex(250, 530);
  brush.vertex(222, 490);
  brush.endShape(true);
  brush.noWash();

  // eye
  brush.noStroke();
  brush.wash("#f4f6f7", 255);
  brush.circle(140, 380, 8);
  brush.wash("#000000", 255);
  brush.circle(139, 381, 4);
  brush.noWash();
}

function drawGrooves() {
  brush.set("pen", "#7b8a93", 1);
  for (let k = 0; k < 7; k++) {
    brush.spline([[92 + k * 8, 410 + k * 7, 0.5], [170 + k * 10, 432 + k * 5, 1], [290, 436 + k * 3, 0.4]], 0.6);
  }
  brush.hatchStyle("2B", "#1c2833", 0.9);
  brush.hatch(6, 160, { rand: 0.2, continuous: false, gradient: 0.5 });
  brush.noStroke();
  brush.beginShape(0.6);
  brush.vertex(120, 330);
  brush.vertex(220, 298);
  brush.vertex(340, 316);
  brush.vertex(430, 372);
  brush.vertex(300, 350);
  brush.endShape(true);
  brush.noHatch();
}

function drawBarnacles() {
  brush.set("pen", "#dfe6e9", 1);
  for (let i = 0; i < 14; i++) {
    brush.circle(random(84, 130), random(370, 410), random(2, 4));
  }
}

function drawFish() {
  for (let i = 0; i < 22; i++) {
    const x = 380 + random(-70, 150);
    const y = 520 + random(-34, 50);
    brush.set("marker", random(["#f5b041", "#f8c471", "#eb984e"]), 0.9);
    brush.spline([[x, y, 1.2], [x + 7, y - 3, 1], [x + 15, y, 0.2]], 0.6);
  }
}

function drawSurface() {
  for (let k = 0; k < 3; k++) {
    const points = [];
    for (let x = -10; x <= 610; x += 25) {
      points.push([x, 190 + k * 6 + 5 * sin(x * 3 + k * 60), random(0.6, 1.2)]);
    }
    brush.set("cpencil", k === 0 ? "#1b4f72" : "#d6eaf8", 1.6);
    brush.spline(points, 0.5);
  }
}

function drawBoat(x, y) {
  brush.set("2B", "#4a2f1d", 1.1);
  brush.wash("#8e5a34", 255);
  brush.beginShape(0.3);
  brush.vertex(x - 48, y);
  brush.vertex(x + 52, y);
  brush.vertex(x + 34, y + 24);
  brush.vertex(x - 32, y + 24);
  brush.endShape(true);
  brush.noWash();
  brush.line(x, y, x, y - 76);
  brush.wash("#fdfefe", 255);
  brush.beginShape(0.2);
  brush.vertex(x + 3, y - 74);
  brush.vertex(x + 44, y - 12);
  brush.vertex(x + 3, y - 10);
  brush.endShape(true);
  brush.noWash();
}
