/*
 * Rose Window
 * -----------
 * Stained glass: rings of polygons, each with a wash and an inner hatch,
 * held together by lead lines. Colours are taken in HSB.
 */

const RINGS = [
  { inner: 40, outer: 92, parts: 8, hue: 350, twist: 0 },
  { inner: 98, outer: 160, parts: 12, hue: 215, twist: 15 },
  { inner: 166, outer: 226, parts: 24, hue: 40, twist: 0 },
];

function setup() {
  createCanvas(600, 600, WEBGL);
  colorMode(HSB, 360, 100, 100);
  angleMode(DEGREES);
  brush.scaleBrushes(3);
  randomSeed(1163);
  noLoop();
}

function draw() {
  background(230, 12, 16);

  drawStone();
  RINGS.forEach(drawRing);
  drawHeart();
  drawLead();
  drawLight();
}

// ===== The wall around the window =====
function drawStone() {
  brush.noField();
  for (let i = 0; i < 12; i++) {
    const y = -300 + i * 50;
    for (let k = 0; k < 7; k++) {
      const x = -330 + k * 100 + (i % 2) * 50;
      brush.set("2B", color(30, 8, random(22, 34)), 0.8);
      brush.hatchStyle("charcoal", color(30, 10, random(24, 40)), 0.5);
      brush.hatch(19, random(-20, 20), { rand: 0.3, continuous: false, gradient: 0 });
      brush.rect(x, y, 96, 46);
      brush.noHatch();
    }
  }
  brush.noStroke();
  brush.wash(color(230, 40, 8), 255);
  brush.circle(0, 0, 244);
  brush.noWash();
}

// ===== One ring of glass =====
function drawRing(ring) {
  const step = 360 / ring.parts;
  for (let i = 0; i < ring.parts; i++) {
    const a = i * step + ring.twist;
    const tint = color((ring.hue + random(-26, 26) + 360) % 360, random(60, 92), random(60, 98));
    brush.noStroke();
    brush.wash(tint, 235);
    drawPane(a + 1, a + step - 1, ring.inner, ring.outer);
    brush.noWash();

    brush.hatchStyle("cpencil", lerpColor(tint, color(0, 0, 100), 0.45), 1);
    brush.hatch(7, a * 2, { rand: 0.2, continuous: false, gradient: 0.3 });
    drawPane(a + 2, a + step - 2, ring.inner + 3, ring.outer - 3);
    brush.noHatch();
  }
}

function drawPane(a0, a1, r0, r1) {
  const middle = (a0 + a1) / 2;
  brush.beginShape(0.2);
  brush.vertex(r0 * cos(a0), r0 * sin(a0));
  brush.vertex(r1 * cos(a0), r1 * sin(a0));
  brush.vertex(r1 * 1.02 * cos(middle), r1 * 1.02 * sin(middle));
  brush.vertex(r1 * cos(a1), r1 * sin(a1));
  brush.vertex(r0 * cos(a1), r0 * sin(a1));
  brush.endShape(true);
}

// ===== The middle =====
function drawHeart() {
  for (let i = 0; i < 6; i++) {
    push();
    rotate(i * 60);
    brush.noStroke();
    brush.wash(color(45, 70, 98), 240);
    brush.beginShape(0.7);
    brush.vertex(0, 0);
    brush.vertex(11, -18);
    brush.vertex(0, -36);
    brush.vertex(-11, -18);
    brush.endShape(true);
    brush.noWash();
    pop();
  }
}

// ===== Lead between the panes =====
function drawLead() {
  brush.set("marker", color(240, 30, 6), 1);
  for (const ring of RINGS) {
    const step = 360 / ring.parts;
    for (let i = 0; i < ring.parts; i++) {
      const a = i * step + ring.twist;
      brush.line(ring.inner * cos(a), ring.inner * sin(a), ring.outer * cos(a), ring.outer * sin(a));
    }
    brush.circle(0, 0, ring.inner - 3);
    brush.circle(0, 0, ring.outer + 3);
  }
  brush.set("charcoal", color(30, 15, 50), 2);
  brush.circle(0, 0, 246);
}

// ===== A slanting beam =====
function drawLight() {
  brush.set("pastel", color(48, 30, 100), 1);
  for (let i = 0; i < 5; i++) {
    brush.line(-120 + i * 40, 60, 60 + i * 50, 300);
  }
}
