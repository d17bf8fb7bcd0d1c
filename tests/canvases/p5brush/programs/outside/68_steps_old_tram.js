function setup() {
  createCanvas(600, 400, WEBGL);
  angleMode(DEGREES);
}

function draw() {
  background(color(236));
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(2.5);
  randomSeed(28);
  noiseSeed(28);

  // 1. Street behind: a steep row of houses
  let walls = ["#e6b89c", "#f2d6a2", "#b8c5b9", "#d7a9a0", "#c9d6df"];
  for (let i = 0; i < 5; i++) {
    brush.set("2H", "#6a5f58", 1);
    brush.wash(walls[i], 235);
    brush.rect(i * 122 - 6, 30 + i * 12, 120, 260);
    brush.noWash();
    brush.set("pen", "#6a5f58", 0.9);
    for (let k = 0; k < 3; k++) {
      for (let r = 0; r < 2; r++) {
        brush.rect(i * 122 + 12 + k * 34, 50 + i * 12 + r * 66, 18, 34);
      }
    }
    brush.set("rotring", "#4d443e", 1);
    brush.line(i * 122, 122 + i * 12, i * 122 + 108, 122 + i * 12);
  }

  // 2. Pavement
  brush.noStroke();
  brush.wash("#a79f97", 255);
  brush.rect(-5, 300, 610, 105);
  brush.noWash();
  brush.set("2B", "#857d75", 0.8);
  for (let y = 312; y < 400; y += 14) {
    let shift = (y / 14) % 2 < 1 ? 0 : 15;
    for (let x = -10 + shift; x < 610; x += 30) {
      brush.arc(x, y, 13, 20, 160);
    }
  }

  // 3. Rails
  brush.set("rotring", "#4a4a50", 2);
  brush.line(-10, 352, 610, 352);
  brush.line(-10, 380, 610, 380);

  // 4. Tram body
  brush.set("2B", "#3a2b12", 1.2);
  brush.wash("#f4c21f", 255);
  brush.beginShape(0.15);
  brush.vertex(120, 200);
  brush.vertex(480, 200);
  brush.vertex(492, 335);
  brush.vertex(108, 335);
  brush.endShape(true);
  brush.wash("#fdf6e3", 255);
  brush.beginShape(0.15);
  brush.vertex(118, 120);
  brush.vertex(482, 120);
  brush.vertex(482, 205);
  brush.vertex(118, 205);
  brush.endShape(true);
  brush.wash("#8c8478", 255);
  brush.beginShape(0.3);
  brush.vertex(104, 120);
  brush.vertex(140, 100);
  brush.vertex(460, 100);
  brush.vertex(496, 120);
  brush.endShape(true);
  brush.noWash();

  // 5. Windows
  brush.set("pen", "#2f2a22", 1.2);
  for (let i = 0; i < 6; i++) {
    brush.wash(i % 2 === 0 ? "#5d7f8c" : "#6f94a1", 255);
    brush.rect(132 + i * 57, 134, 48, 60);
  }
  brush.noWash();

  // 6. Reflections in the windows
  brush.set("cpencil", "#d8e8ee", 1.4);
  for (let i = 0; i < 6; i++) {
    brush.line(140 + i * 57, 184, 164 + i * 57, 140);
    brush.line(150 + i * 57, 188, 174 + i * 57, 146);
  }

  // 7. Stripe, lamp, number plate
  brush.set("marker", "#7a1f1f", 1);
  brush.line(112, 262, 488, 262);
  brush.noStroke();
  brush.wash("#fffbe0", 255);
  brush.circle(300, 296, 18);
  brush.wash("#2b2b2b", 255);
  brush.rect(270, 226, 60, 22);
  brush.noWash();
  brush.set("pen", "#ffffff", 1.4);
  brush.line(286, 230, 286, 244);
  brush.line(300, 230, 314, 230);
  brush.line(314, 230, 314, 237);
  brush.line(314, 237, 300, 244);
  brush.line(300, 244, 314, 244);
  brush.set("HB", "#4a3510", 1);
  brush.circle(300, 296, 20);

  // 8. Wheels
  brush.set("charcoal", "#1d1d1f", 1.2);
  brush.wash("#2a2a2e", 255);
  brush.circle(190, 346, 22);
  brush.circle(410, 346, 22);
  brush.noWash();

  // 9. Pole and wires
  brush.set("rotring", "#2a2a2e", 1.3);
  brush.line(300, 100, 340, 40);
  brush.line(-10, 44, 610, 34);
  brush.line(-10, 20, 610, 60);

  // 10. Bird on the wire, border
  brush.set("marker", "#1d1d1f", 1.2);
  brush.line(470, 34, 476, 30);
  brush.line(500, 33, 506, 29);
  noFill();
  stroke(90);
  strokeWeight(2);
  line(4, 4, 596, 4);
  line(596, 4, 596, 396);
  line(596, 396, 4, 396);
  line(4, 396, 4, 4);
  noLoop();
}
