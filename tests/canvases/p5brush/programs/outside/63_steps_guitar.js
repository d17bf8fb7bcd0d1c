function setup() {
  createCanvas(600, 800, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#f3e7d3");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(7);

  // 1. Chalky backdrop
  for (let i = 0; i < 22; i++) {
    brush.set("pastel", i % 2 === 0 ? "#d7a98a" : "#c98f75", 1.4);
    brush.line(random(-40, 80), 30 + i * 36, random(500, 640), 20 + i * 36);
  }

  // 2. Body
  brush.set("2B", "#4a2412", 1.4);
  brush.wash("#c4732e", 255);
  brush.beginShape(0.6);
  brush.vertex(220, 420);
  brush.vertex(300, 396);
  brush.vertex(380, 420);
  brush.vertex(392, 490);
  brush.vertex(366, 540);
  brush.vertex(420, 610);
  brush.vertex(410, 700);
  brush.vertex(300, 750);
  brush.vertex(190, 700);
  brush.vertex(180, 610);
  brush.vertex(234, 540);
  brush.vertex(208, 490);
  brush.endShape(true);
  brush.noWash();

  // 3. Wood grain
  brush.hatchStyle("cpencil", "#8a4a1c", 1);
  brush.hatch(9, 90, { rand: 0.1, continuous: false, gradient: false });
  brush.noStroke();
  brush.beginShape(0.6);
  brush.vertex(230, 430);
  brush.vertex(370, 430);
  brush.vertex(360, 540);
  brush.vertex(400, 640);
  brush.vertex(300, 736);
  brush.vertex(200, 640);
  brush.vertex(240, 540);
  brush.endShape(true);
  brush.noHatch();

  // 4. Sound hole
  brush.wash("#2a150a", 255);
  brush.circle(300, 560, 44);
  brush.noWash();
  brush.set("pen", "#f0d7a8", 1.4);
  brush.circle(300, 560, 50);
  brush.circle(300, 560, 55);

  // 5. Neck and head
  brush.set("2B", "#22130a", 1);
  brush.wash("#3d2314", 255);
  brush.rect(280, 150, 40, 380);
  brush.beginShape(0.1);
  brush.vertex(274, 150);
  brush.vertex(268, 60);
  brush.vertex(332, 60);
  brush.vertex(326, 150);
  brush.endShape(true);
  brush.noWash();

  // 6. Frets, further down they are closer
  brush.set("rotring", "#d8d0c0", 1.2);
  let y = 164;
  let gap = 36;
  while (y < 500) {
    brush.line(280, y, 320, y);
    y += gap;
    gap *= 0.93;
  }

  // 7. Bridge
  brush.set("2B", "#22130a", 1);
  brush.wash("#22130a", 255);
  brush.rect(240, 660, 120, 18);
  brush.noWash();

  // 8. Strings
  for (let i = 0; i < 6; i++) {
    brush.set("rotring", "#efe9dc", 1.4 - i * 0.12);
    brush.line(284 + i * 6.4, 150, 280 + i * 8, 664);
  }

  // 9. Pegs
  brush.set("marker", "#d8c9a0", 1.4);
  brush.line(258, 78, 268, 78);
  brush.line(258, 104, 268, 104);
  brush.line(258, 130, 268, 130);
  brush.line(332, 78, 342, 78);
  brush.line(332, 104, 342, 104);
  brush.line(332, 130, 342, 130);
}
