/*
 * Bonsai
 * ------
 * Trunk by beginStroke and move, cloud-like foliage by small circles.
 */

const TRUNK = "#4b3324";
const FOLIAGE = ["#30533a", "#4c7a4a", "#6d9a5a"];

function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(62);
  noLoop();
}

function draw() {
  background("#f4eee1");
  translate(-width / 2, -height / 2);

  drawRedSun();
  drawTrunk();
  drawCloud(210, 210, 90, 34);
  drawCloud(380, 160, 80, 30);
  drawCloud(300, 110, 70, 28);
  drawCloud(440, 270, 60, 22);
  drawPot();
}

function drawRedSun() {
  brush.set("cpencil", "#e9c3b0", 1);
  brush.circle(430, 150, 112);
  brush.noStroke();
  brush.wash("#d9503f", 210);
  brush.circle(430, 150, 104);
  brush.noWash();
}

function drawTrunk() {
  brush.set("charcoal", TRUNK, 4);
  brush.beginStroke("curve", 300, 470);
  brush.move(110, 70, 1.3);
  brush.move(60, 80, 1.1);
  brush.move(120, 90, 0.9);
  brush.move(80, 70, 0.6);
  brush.endStroke(70, 0.4);

  brush.set("charcoal", TRUNK, 2.2);
  brush.beginStroke("curve", 300, 360);
  brush.move(150, 60, 1.1);
  brush.move(100, 60, 0.7);
  brush.endStroke(120, 0.3);
  brush.beginStroke("curve", 310, 330);
  brush.move(20, 70, 1.1);
  brush.move(50, 50, 0.7);
  brush.endStroke(10, 0.3);
  brush.beginStroke("curve", 305, 260);
  brush.move(40, 60, 0.9);
  brush.endStroke(70, 0.3);
}

function drawCloud(cx, cy, w, h) {
  brush.noStroke();
  for (let i = 0; i < 34; i++) {
    const a = random(360);
    const r = sqrt(random());
    brush.wash(FOLIAGE[i % 3], 150);
    brush.circle(cx + w * r * cos(a), cy + h * r * sin(a), random(8, 20));
  }
  brush.noWash();
  for (let i = 0; i < 40; i++) {
    const a = random(360);
    const r = sqrt(random());
    const x = cx + w * r * cos(a);
    const y = cy + h * r * sin(a);
    brush.set("2B", random(["#1f3826", "#8fb573"]), 0.8);
    brush.line(x, y, x + random(-7, 7), y - random(3, 9));
  }
}

function drawPot() {
  brush.set("pen", "#1d2f3a", 1.3);
  brush.wash("#2f5566", 255);
  brush.beginShape(0.15);
  brush.vertex(190, 468);
  brush.vertex(410, 468);
  brush.vertex(386, 530);
  brush.vertex(214, 530);
  brush.endShape(true);
  brush.noWash();
  brush.hatchStyle("2H", "#9db8c2", 1);
  brush.hatch(9, 45, { rand: 0, continuous: false, gradient: 0.2 });
  brush.rect(214, 482, 172, 26);
  brush.noHatch();
  brush.set("charcoal", "#2d2420", 1.2);
  brush.line(120, 540, 490, 536);
}
