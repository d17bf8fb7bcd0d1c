function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
}

function draw() {
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  background("#dcebf2");
  randomSeed(44);

  // 1. Clouds
  brush.noStroke();
  brush.fill("#ffffff", 200);
  brush.fillBleed(0.3, "out");
  brush.fillTexture(0.2, 0.1);
  brush.circle(110, 100, 46);
  brush.circle(165, 90, 56);
  brush.circle(220, 106, 40);
  brush.circle(470, 70, 36);
  brush.circle(515, 78, 44);
  brush.noFill();

  // 2. Tulip field in rows
  let rows = ["#c9184a", "#ffb703", "#e85d04", "#7b2cbf", "#ff758f"];
  for (let r = 0; r < 5; r++) {
    brush.set("marker", rows[r], 0.9 + r * 0.25);
    for (let i = 0; i < 36; i++) {
      let x = i * 17 + random(-4, 4);
      let y = 440 + r * 34 + random(-4, 4);
      brush.line(x, y, x, y + 8 + r * 2);
    }
    brush.set("2H", "#5a7d3a", 1);
    for (let i = 0; i < 36; i++) {
      let x = i * 17 + random(-4, 4);
      brush.line(x, 452 + r * 34, x + random(-3, 3), 470 + r * 34);
    }
  }

  // 3. Mill body
  brush.set("2B", "#3b2f2a", 1.2);
  brush.wash("#a5673f", 255);
  brush.beginShape(0);
  brush.vertex(265, 250);
  brush.vertex(345, 250);
  brush.vertex(375, 440);
  brush.vertex(235, 440);
  brush.endShape(true);
  brush.noWash();
  brush.hatchStyle("rotring", "#6b3f24", 0.8);
  brush.hatch(9, 0, { rand: 0.1, continuous: false, gradient: false });
  brush.beginShape(0);
  brush.vertex(265, 250);
  brush.vertex(345, 250);
  brush.vertex(375, 440);
  brush.vertex(235, 440);
  brush.endShape(true);
  brush.noHatch();

  // 4. Cap
  brush.wash("#453a35", 255);
  brush.beginShape(0.5);
  brush.vertex(255, 252);
  brush.vertex(275, 205);
  brush.vertex(335, 205);
  brush.vertex(355, 252);
  brush.endShape(true);
  brush.noWash();

  // 5. Door and windows
  brush.wash("#2f4a3a", 255);
  brush.rect(288, 390, 34, 50);
  brush.wash("#f3e3a7", 255);
  brush.rect(292, 290, 26, 28);
  brush.noWash();

  // 6. Sails
  push();
  translate(305, 232);
  rotate(22);
  for (let i = 0; i < 4; i++) {
    rotate(90);
    brush.set("charcoal", "#2c2320", 1.2);
    brush.line(0, 0, 0, -175);
    brush.set("pen", "#2c2320", 1.2);
    brush.hatchStyle("2H", "#8a7a6b", 1);
    brush.hatch(10, 0);
    brush.rect(4, -170, 34, 130);
    brush.noHatch();
  }
  pop();
  brush.set("marker", "#1c1614", 2);
  brush.line(303, 232, 307, 232);

  // 7. Birds
  brush.set("pen", "#32424a", 1);
  brush.arc(430, 190, 12, 30, 150);
  brush.arc(452, 192, 12, 30, 150);
  brush.arc(80, 220, 10, 30, 150);
  brush.arc(98, 222, 10, 30, 150);

  noLoop();
}
