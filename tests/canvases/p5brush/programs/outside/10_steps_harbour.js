function setup() {
  createCanvas(600, 600, WEBGL);
  noLoop();
}

function draw() {
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  background("#e9f1f2");

  // 1. The sky: soft pencil lines that follow a field
  brush.noFill();
  brush.noHatch();
  brush.field("hand");
  brush.set("cpencil", "#8fb6c9", 1.5);
  for (let i = 0; i < 26; i++) {
    brush.line(20, 20 + i * 9, 580, 26 + i * 9);
  }
  brush.noField();

  // 2. The far shore
  brush.noStroke();
  brush.fill("#6d7f6b", 130);
  brush.fillBleed(0.15, "out");
  brush.fillTexture(0.5, 0.3);
  brush.beginShape(0.4);
  brush.vertex(-10, 300);
  brush.vertex(90, 262);
  brush.vertex(190, 280);
  brush.vertex(320, 250);
  brush.vertex(470, 276);
  brush.vertex(610, 256);
  brush.vertex(610, 310);
  brush.vertex(-10, 312);
  brush.endShape(true);
  brush.noFill();

  // 3. Water, hatched with long flat lines
  brush.noStroke();
  brush.hatchStyle("2B", "#3b7690", 1);
  brush.hatch(9, 0, { rand: 0.3, continuous: false, gradient: 0.2 });
  brush.rect(0, 312, 600, 288);
  brush.noHatch();

  // 4. First boat
  brush.set("pen", "#2b2b2b", 1.3);
  brush.fill("#b2402f", 180);
  brush.fillBleed(0.05, "out");
  brush.fillTexture(0.4, 0.5);
  brush.beginShape(0.2);
  brush.vertex(110, 400);
  brush.vertex(300, 400);
  brush.vertex(272, 452);
  brush.vertex(140, 452);
  brush.endShape(true);
  brush.noFill();
  brush.line(205, 400, 205, 190);
  brush.line(205, 200, 290, 380);
  brush.line(205, 380, 290, 380);
  brush.line(205, 210, 140, 380);
  brush.line(205, 380, 140, 380);
  brush.hatchStyle("2H", "#c9b58a", 1);
  brush.hatch(6, 1.1, { rand: 0.1, continuous: true, gradient: false });
  brush.polygon([[205, 200], [290, 380], [205, 380]]);
  brush.noHatch();

  // 5. Second boat, smaller
  brush.set("pen", "#2b2b2b", 1);
  brush.fill("#2f5d62", 180);
  brush.beginShape(0.2);
  brush.vertex(390, 360);
  brush.vertex(510, 360);
  brush.vertex(492, 392);
  brush.vertex(408, 392);
  brush.endShape(true);
  brush.noFill();
  brush.rect(420, 330, 50, 30);
  brush.line(450, 330, 450, 250);
  brush.circle(434, 345, 6);
  brush.circle(456, 345, 6);

  // 6. Reflections
  brush.set("charcoal", "#7c2c22", 0.6);
  for (let i = 0; i < 12; i++) {
    brush.line(130 + random(0, 20), 460 + i * 7, 260 + random(0, 30), 460 + i * 7);
  }
  brush.set("charcoal", "#24484c", 0.6);
  for (let i = 0; i < 8; i++) {
    brush.line(404 + random(0, 14), 400 + i * 6, 480 + random(0, 20), 400 + i * 6);
  }

  // 7. Seagulls
  brush.set("HB", "#333333", 1);
  brush.arc(330, 130, 16, 0.4, 2.4);
  brush.arc(358, 130, 16, 0.7, 2.7);
  brush.arc(440, 90, 12, 0.4, 2.4);
  brush.arc(461, 90, 12, 0.7, 2.7);
}
