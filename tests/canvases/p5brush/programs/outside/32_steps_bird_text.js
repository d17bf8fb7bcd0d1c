// page: text and textFont need a font
function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#faf3e7");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);

  // 1. Body
  brush.noStroke();
  brush.fill("#2a6f97", 200);
  brush.fillBleed(0.08, "out");
  brush.fillTexture(0.5, 0.5);
  brush.beginShape(0.6);
  brush.vertex(180, 330);
  brush.vertex(230, 250);
  brush.vertex(320, 240);
  brush.vertex(390, 300);
  brush.vertex(480, 330);
  brush.vertex(380, 370);
  brush.vertex(260, 390);
  brush.endShape(true);
  brush.noFill();

  // 2. Wing
  brush.set("2B", "#013a63", 1.2);
  brush.hatchStyle("cpencil", "#013a63", 1.2);
  brush.hatch(6, 20, { rand: 0.1 });
  brush.beginShape(0.5);
  brush.vertex(260, 290);
  brush.vertex(350, 280);
  brush.vertex(430, 330);
  brush.vertex(330, 345);
  brush.endShape(true);
  brush.noHatch();

  // 3. Eye, beak, legs
  brush.set("pen", "#111111", 2);
  brush.circle(222, 290, 4);
  brush.line(184, 318, 150, 330);
  brush.line(150, 330, 186, 336);
  brush.line(290, 386, 284, 440);
  brush.line(320, 380, 318, 440);

  // 4. Twig
  brush.set("charcoal", "#5e3b22", 2);
  brush.spline([[60, 450, 1], [240, 436, 1], [420, 448, 1], [560, 430, 0.5]], 0.5);

  // 5. Caption
  textFont("Georgia");
  textSize(28);
  textAlign(CENTER);
  fill(40);
  text("a blue bird", 300, 540);
}
