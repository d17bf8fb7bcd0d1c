function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#f6efe3");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(12);

  // 1. Wall paper stripes with p5's own rect
  noStroke();
  for (let i = 0; i < 10; i++) {
    fill(i % 2 === 0 ? "#efe1c6" : "#f6efe3");
    rect(i * 60, 0, 60, 380);
  }

  // 2. Table
  brush.noStroke();
  brush.wash("#8d5a3b", 255);
  brush.rect(-5, 380, 610, 230);
  brush.noWash();
  brush.set("2B", "#6d4129", 0.8);
  brush.field("waves");
  brush.flowLine(0, 410, 600, 0);
  brush.flowLine(0, 450, 600, 0);
  brush.flowLine(0, 500, 600, 0);
  brush.flowLine(0, 560, 600, 0);
  brush.noField();

  // 3. Apples
  brush.set("HB", "#5b1a18", 1);
  brush.wash("#c0392b", 255);
  brush.circle(220, 310, 58);
  brush.circle(330, 300, 62);
  brush.wash("#7f9c2f", 255);
  brush.circle(420, 330, 48);
  brush.noWash();

  // 4. Light on the apples
  brush.set("cpencil", "#f2a28f", 2);
  brush.arc(220, 310, 40, 100, 170);
  brush.arc(330, 300, 44, 100, 170);
  brush.set("cpencil", "#d5e38f", 2);
  brush.arc(420, 330, 32, 100, 170);

  // 5. Shade on the apples
  brush.noStroke();
  brush.hatchStyle("2B", "#4d120f", 0.8);
  brush.hatch(5, 60, { rand: 0.2, continuous: false, gradient: 0.3 });
  brush.beginShape(0.7);
  brush.vertex(250, 270);
  brush.vertex(276, 310);
  brush.vertex(250, 356);
  brush.vertex(240, 320);
  brush.endShape(true);
  brush.beginShape(0.7);
  brush.vertex(362, 260);
  brush.vertex(390, 300);
  brush.vertex(366, 346);
  brush.vertex(356, 310);
  brush.endShape(true);
  brush.noHatch();

  // 6. Stalks
  brush.set("marker", "#4a3421", 0.8);
  brush.spline([[220, 262, 1], [224, 244, 1], [236, 230, 0.6]], 0.6);
  brush.spline([[330, 248, 1], [332, 228, 1], [322, 214, 0.6]], 0.6);

  // 7. Grapes
  brush.set("pen", "#2c1440", 0.8);
  brush.wash("#5b2a86", 235);
  brush.circle(120, 330, 18);
  brush.circle(150, 340, 18);
  brush.circle(135, 362, 18);
  brush.circle(108, 358, 18);
  brush.circle(162, 368, 18);
  brush.circle(124, 388, 18);
  brush.noWash();

  // 8. Bowl in front
  brush.set("pen", "#22384d", 1.4);
  brush.wash("#dfe7ea", 255);
  brush.beginShape(0.4);
  brush.vertex(90, 362);
  brush.vertex(510, 362);
  brush.vertex(450, 470);
  brush.vertex(360, 510);
  brush.vertex(240, 510);
  brush.vertex(150, 470);
  brush.endShape(true);
  brush.noWash();
  brush.set("marker", "#3f6f94", 0.9);
  brush.spline([[120, 392, 1], [200, 406, 1], [300, 410, 1], [400, 406, 1], [480, 392, 1]], 0.5);
  brush.spline([[150, 440, 1], [220, 456, 1], [300, 460, 1], [380, 456, 1], [450, 440, 1]], 0.5);
  brush.set("pen", "#3f6f94", 1.6);
  for (let x = 160; x < 460; x += 30) {
    brush.circle(x, 430, 6);
  }

  // 9. Shadow of the bowl
  brush.noStroke();
  brush.hatchStyle("charcoal", "#3c2214", 0.7);
  brush.hatch(5, 0);
  brush.beginShape(0.8);
  brush.vertex(230, 514);
  brush.vertex(400, 510);
  brush.vertex(560, 520);
  brush.vertex(400, 540);
  brush.endShape(true);
  brush.noHatch();
}
