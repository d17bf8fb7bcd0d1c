function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
}

function draw() {
  background("#f7efe5");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(3);
  noiseSeed(3);

  // 1. A cushion under the cat
  brush.noStroke();
  brush.fill("#9c5b6b", 120);
  brush.fillBleed(0.2, "out");
  brush.fillTexture(0.5, 0.4);
  brush.beginShape(0.7);
  brush.vertex(70, 500);
  brush.vertex(300, 450);
  brush.vertex(530, 500);
  brush.vertex(300, 560);
  brush.endShape(true);

  // 2. Body
  brush.fill("#4a4a52", 170);
  brush.fillBleed(0.1, "out");
  brush.fillTexture(0.6, 0.5);
  brush.beginShape(0.7);
  brush.vertex(210, 490);
  brush.vertex(190, 390);
  brush.vertex(235, 290);
  brush.vertex(330, 280);
  brush.vertex(395, 370);
  brush.vertex(410, 480);
  brush.vertex(310, 515);
  brush.endShape(true);

  // 3. Head
  brush.fill("#4a4a52", 190);
  brush.circle(285, 220, 78);

  // 4. Ears
  brush.beginShape(0.1);
  brush.vertex(215, 190);
  brush.vertex(212, 110);
  brush.vertex(268, 150);
  brush.endShape(true);
  brush.beginShape(0.1);
  brush.vertex(302, 150);
  brush.vertex(352, 108);
  brush.vertex(356, 190);
  brush.endShape(true);
  brush.noFill();

  // 5. Tail
  brush.set("charcoal", "#35353b", 3);
  brush.spline([[400, 470, 1], [470, 470, 1.2], [500, 400, 1.2], [460, 350, 1], [480, 310, 0.6]], 0.8);

  // 6. Fur, short strokes
  for (let i = 0; i < 260; i++) {
    let a = random(360);
    let r = 90 * sqrt(random());
    let x = 300 + r * cos(a);
    let y = 395 + r * 1.15 * sin(a);
    brush.set("2H", random(["#2e2e33", "#6b6b75", "#8a8a94"]), 0.9);
    brush.line(x, y, x + random(-6, 6), y + random(8, 20));
  }

  // 7. Eyes
  brush.noStroke();
  brush.wash("#d7c648", 255);
  brush.circle(256, 212, 15);
  brush.circle(316, 212, 15);
  brush.wash("#101014", 255);
  brush.rect(256, 212, 6, 24, "center");
  brush.rect(316, 212, 6, 24, "center");
  brush.noWash();

  // 8. Nose and mouth
  brush.set("pen", "#d58c8c", 2);
  brush.line(278, 246, 294, 246);
  brush.line(278, 246, 286, 256);
  brush.line(294, 246, 286, 256);
  brush.set("pen", "#1b1b1f", 1.2);
  brush.arc(274, 256, 12, 180, 360);
  brush.arc(298, 256, 12, 180, 360);

  // 9. Whiskers
  brush.set("rotring", "#efe9df", 1.4);
  brush.line(250, 250, 170, 236);
  brush.line(250, 256, 166, 260);
  brush.line(250, 262, 174, 284);
  brush.line(322, 250, 402, 236);
  brush.line(322, 256, 406, 260);
  brush.line(322, 262, 398, 284);

  noLoop();
}
