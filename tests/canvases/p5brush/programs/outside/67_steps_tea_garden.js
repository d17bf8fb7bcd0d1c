function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#eef2e6");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);

  // 1. Distant mountain in three pencil layers
  brush.noFill();
  brush.pick("2H");
  brush.stroke("#8fa3ad");
  brush.strokeWeight(1);
  brush.spline([[0, 260, 1], [120, 190, 1], [230, 120, 1], [300, 90, 1], [380, 130, 1], [480, 200, 1], [600, 250, 1]], 0.4);
  brush.hatchStyle("2H", "#a9bac1", 1);
  brush.hatch(9, 100, { rand: 0.2, continuous: false, gradient: 0.4 });
  brush.beginShape(0.4);
  brush.vertex(0, 260);
  brush.vertex(120, 190);
  brush.vertex(230, 120);
  brush.vertex(300, 90);
  brush.vertex(380, 130);
  brush.vertex(480, 200);
  brush.vertex(600, 250);
  brush.vertex(600, 300);
  brush.vertex(0, 300);
  brush.endShape(true);
  brush.noHatch();

  // 2. Snow cap
  brush.stroke("#ffffff");
  brush.strokeWeight(2.4);
  brush.line(262, 112, 300, 92);
  brush.line(300, 92, 340, 114);
  brush.line(274, 122, 300, 104);
  brush.line(300, 104, 326, 124);

  // 3. Mist
  brush.pick("pastel");
  brush.stroke("#f8faf3");
  brush.strokeWeight(1.6);
  brush.line(-10, 270, 240, 262);
  brush.line(120, 290, 420, 284);
  brush.line(330, 266, 610, 272);

  // 4. Pond
  brush.noStroke();
  brush.fill("#7fb0b5", 200);
  brush.fillBleed(0.1, "in");
  brush.fillTexture(0.4, 0.5);
  brush.beginShape(0.8);
  brush.vertex(60, 470);
  brush.vertex(200, 400);
  brush.vertex(420, 410);
  brush.vertex(560, 480);
  brush.vertex(420, 570);
  brush.vertex(180, 560);
  brush.endShape(true);
  brush.noFill();

  // 5. Red bridge
  brush.set("marker", "#b3261e", 1.6);
  brush.spline([[120, 450, 1], [220, 380, 1], [300, 362, 1], [380, 380, 1], [480, 450, 1]], 0.7);
  brush.spline([[120, 420, 1], [220, 346, 1], [300, 328, 1], [380, 346, 1], [480, 420, 1]], 0.7);
  brush.strokeWeight(1);
  for (let i = 0; i <= 10; i++) {
    let x = 130 + i * 34;
    let d = (x - 300) / 180;
    brush.line(x, 362 + 84 * d * d, x, 328 + 88 * d * d);
  }

  // 6. Stepping stones
  brush.set("HB", "#3f3f3a", 1);
  brush.wash("#9b9a8f", 255);
  brush.circle(240, 500, 16, true);
  brush.circle(290, 515, 18, true);
  brush.circle(345, 508, 15, true);
  brush.circle(395, 522, 17, true);
  brush.noWash();

  // 7. Koi under the water
  brush.set("marker", "#e76f51", 1.4);
  brush.spline([[200, 470, 1.2], [216, 462, 1], [236, 468, 0.2]], 0.6);
  brush.stroke("#ffffff");
  brush.spline([[420, 470, 1.2], [438, 478, 1], [456, 468, 0.2]], 0.6);

  // 8. Maple on the left
  brush.set("charcoal", "#3b2a22", 2.4);
  brush.spline([[30, 600, 1.2], [46, 500, 1], [30, 400, 0.9], [70, 320, 0.5]], 0.6);
  brush.strokeWeight(1.2);
  brush.spline([[34, 420, 1], [90, 390, 0.8], [140, 350, 0.3]], 0.6);
  for (let i = 0; i < 130; i++) {
    let a = random(360);
    let r = 90 * sqrt(random());
    brush.set("marker", random(["#c1121f", "#e85d04", "#dc2f02"]), random(0.6, 1.2));
    let x = 80 + r * cos(a);
    let y = 320 + r * 0.7 * sin(a);
    brush.line(x, y, x + random(-5, 5), y + random(-5, 5));
  }

  // 9. Bamboo on the right
  for (let i = 0; i < 4; i++) {
    let x = 520 + i * 22;
    for (let y = 600; y > 140; y -= 52) {
      brush.set("marker", i % 2 === 0 ? "#5c8a3a" : "#7ba05b", 1.1);
      brush.line(x, y, x + 1, y - 47);
      brush.set("pen", "#2f4a1e", 1.2);
      brush.line(x - 5, y - 49, x + 6, y - 49);
    }
    brush.set("2B", "#3d6b2c", 1.4);
    brush.spline([[x, 240, 1], [x - 20, 230, 1], [x - 44, 246, 0.2]], 0.6);
    brush.spline([[x, 300, 1], [x + 18, 288, 1], [x + 40, 300, 0.2]], 0.6);
  }

  // 10. Signature
  brush.noStroke();
  brush.wash("#b3261e", 230);
  brush.rect(560, 560, 20, 20);
  brush.noWash();
}
