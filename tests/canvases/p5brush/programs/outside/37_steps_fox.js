function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#eef0ea");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(21);

  // 1. Snow and shadow
  brush.set("cpencil", "#b7c7d3", 2);
  for (let i = 0; i < 30; i++) {
    let x = random(20, 520);
    let y = random(470, 590);
    brush.line(x, y, x + random(20, 90), y + random(-3, 3));
  }

  // 2. Birch trunks behind
  brush.set("charcoal", "#a6aaa2", 1.6);
  brush.line(70, 0, 78, 470);
  brush.line(110, 0, 112, 470);
  brush.line(500, 0, 492, 460);
  brush.line(545, 0, 530, 460);

  // 3. Tail
  brush.noStroke();
  brush.wash("#d2691e", 255);
  brush.beginShape(0.7);
  brush.vertex(380, 470);
  brush.vertex(470, 420);
  brush.vertex(520, 330);
  brush.vertex(540, 400);
  brush.vertex(500, 480);
  brush.vertex(420, 510);
  brush.endShape(true);
  brush.wash("#fdf6ec", 255);
  brush.beginShape(0.7);
  brush.vertex(508, 372);
  brush.vertex(520, 330);
  brush.vertex(540, 392);
  brush.endShape(true);

  // 4. Body
  brush.wash("#dd7326", 255);
  brush.beginShape(0.7);
  brush.vertex(200, 500);
  brush.vertex(215, 380);
  brush.vertex(280, 300);
  brush.vertex(360, 350);
  brush.vertex(400, 440);
  brush.vertex(390, 505);
  brush.endShape(true);

  // 5. Chest
  brush.wash("#fdf6ec", 255);
  brush.beginShape(0.6);
  brush.vertex(250, 330);
  brush.vertex(300, 320);
  brush.vertex(310, 410);
  brush.vertex(276, 460);
  brush.vertex(244, 400);
  brush.endShape(true);

  // 6. Head and ears
  brush.wash("#e07b2c", 255);
  brush.beginShape(0.3);
  brush.vertex(180, 230);
  brush.vertex(200, 140);
  brush.vertex(244, 190);
  brush.vertex(300, 190);
  brush.vertex(346, 140);
  brush.vertex(362, 230);
  brush.vertex(330, 290);
  brush.vertex(272, 330);
  brush.vertex(212, 290);
  brush.endShape(true);
  brush.wash("#3a2419", 255);
  brush.beginShape(0.2);
  brush.vertex(198, 190);
  brush.vertex(204, 158);
  brush.vertex(226, 186);
  brush.endShape(true);
  brush.beginShape(0.2);
  brush.vertex(318, 186);
  brush.vertex(342, 158);
  brush.vertex(346, 190);
  brush.endShape(true);

  // 7. Cheeks
  brush.wash("#fdf6ec", 255);
  brush.beginShape(0.5);
  brush.vertex(190, 250);
  brush.vertex(250, 262);
  brush.vertex(272, 326);
  brush.vertex(214, 292);
  brush.endShape(true);
  brush.beginShape(0.5);
  brush.vertex(352, 250);
  brush.vertex(294, 262);
  brush.vertex(272, 326);
  brush.vertex(330, 292);
  brush.endShape(true);
  brush.noWash();

  // 8. Eyes and nose
  brush.set("marker", "#1a120d", 1.6);
  brush.line(236, 238, 240, 240);
  brush.line(306, 240, 310, 238);
  brush.set("marker", "#1a120d", 2.4);
  brush.line(270, 316, 274, 316);

  // 9. Fur
  for (let i = 0; i < 150; i++) {
    let x = random(230, 390);
    let y = random(360, 500);
    brush.set("2B", random(["#a84c12", "#f2a765", "#c05f1c"]), 0.8);
    brush.line(x, y, x + random(-4, 4), y + random(8, 18));
  }
  brush.set("pen", "#8a8f8f", 0.8);
  brush.line(230, 300, 160, 290);
  brush.line(230, 306, 158, 310);
  brush.line(316, 300, 386, 290);
  brush.line(316, 306, 388, 310);
}
