function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#efe6da");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);

  // 1. Background: diagonal charcoal
  brush.set("charcoal", "#c7b6a0", 0.8);
  for (let i = -20; i < 60; i++) {
    brush.line(i * 20, 0, i * 20 - 240, 600);
  }

  // 2. Neck and shoulders
  brush.set("HB", "#4d3a33", 1.2);
  brush.fill("#35566b", 170);
  brush.fillBleed(0.12, "out");
  brush.fillTexture(0.5, 0.5);
  brush.beginShape(0.4);
  brush.vertex(80, 600);
  brush.vertex(120, 510);
  brush.vertex(240, 465);
  brush.vertex(360, 465);
  brush.vertex(480, 510);
  brush.vertex(520, 600);
  brush.endShape(true);
  brush.fill("#dba88a", 190);
  brush.beginShape(0.2);
  brush.vertex(255, 380);
  brush.vertex(345, 380);
  brush.vertex(355, 480);
  brush.vertex(300, 500);
  brush.vertex(245, 480);
  brush.endShape(true);

  // 3. Face
  brush.fill("#e6b899", 200);
  brush.fillBleed(0.06, "in");
  brush.fillTexture(0.3, 0.5);
  brush.beginShape(0.7);
  brush.vertex(205, 230);
  brush.vertex(230, 150);
  brush.vertex(300, 125);
  brush.vertex(370, 150);
  brush.vertex(395, 230);
  brush.vertex(375, 340);
  brush.vertex(300, 415);
  brush.vertex(225, 340);
  brush.endShape(true);
  brush.noFill();

  // 4. Shaded side of the face
  brush.noStroke();
  brush.hatchStyle("2B", "#a66f55", 0.8);
  brush.hatch(7, 60, { rand: 0.2, continuous: false, gradient: 0.4 });
  brush.beginShape(0.5);
  brush.vertex(340, 160);
  brush.vertex(394, 235);
  brush.vertex(372, 340);
  brush.vertex(315, 405);
  brush.vertex(350, 300);
  brush.endShape(true);
  brush.noHatch();

  // 5. Hair
  for (let i = 0; i < 46; i++) {
    let t = i / 45;
    brush.set("charcoal", t < 0.5 ? "#3a241c" : "#57372a", 1);
    brush.spline([
      [300, 112, 0.6],
      [lerp(190, 410, t), 140 + 60 * abs(t - 0.5), 1.2],
      [lerp(160, 440, t), 260 + 100 * abs(t - 0.5), 1],
      [lerp(190, 415, t), t > 0.2 && t < 0.8 ? 170 : 400, 0.4],
    ], 0.6);
  }

  // 6. Brows, eyes
  brush.set("2B", "#2b1b16", 2);
  brush.spline([[232, 222, 0.6], [255, 210, 1.2], [282, 218, 0.7]], 0.6);
  brush.spline([[318, 218, 0.7], [345, 210, 1.2], [368, 222, 0.6]], 0.6);
  brush.set("pen", "#2b1b16", 1.2);
  brush.arc(258, 246, 20, 20, 160);
  brush.arc(258, 236, 20, 200, 340);
  brush.arc(342, 246, 20, 20, 160);
  brush.arc(342, 236, 20, 200, 340);
  brush.noStroke();
  brush.wash("#3f6a5a", 255);
  brush.circle(258, 241, 8);
  brush.circle(342, 241, 8);
  brush.noWash();

  // 7. Nose, mouth, cheeks
  brush.set("HB", "#8a5440", 1.4);
  brush.spline([[296, 240, 0.4], [286, 300, 1], [300, 312, 1], [316, 304, 0.5]], 0.5);
  brush.set("cpencil", "#a63d40", 2.4);
  brush.spline([[262, 352, 0.6], [288, 344, 1.2], [300, 348, 1], [312, 344, 1.2], [338, 352, 0.6]], 0.5);
  brush.spline([[266, 354, 0.6], [300, 368, 1.4], [334, 354, 0.6]], 0.6);
  brush.set("spray", "#d9776a", 1.2);
  brush.line(228, 296, 250, 304);
  brush.line(352, 304, 372, 296);
}
