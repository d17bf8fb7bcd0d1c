function setup() {
  createCanvas(600, 600, WEBGL);
  angleMode(DEGREES);
  noLoop();
}

function draw() {
  background("#cdd9e5");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(3);
  randomSeed(50);
  noiseSeed(50);

  // 1. Sky strokes
  brush.field("curved");
  for (let i = 0; i < 40; i++) {
    brush.set("pastel", i % 2 ? "#b3c4d6" : "#dfe8f0", 0.8);
    brush.flowLine(random(-50, 500), random(20, 260), random(80, 260), 0);
  }
  brush.noField();

  // 2. Snow banks
  brush.noStroke();
  brush.wash("#eef3f7", 255);
  brush.beginShape(0.5);
  brush.vertex(-20, 400);
  brush.vertex(160, 350);
  brush.vertex(330, 380);
  brush.vertex(620, 340);
  brush.vertex(620, 620);
  brush.vertex(-20, 620);
  brush.endShape(true);
  brush.wash("#ffffff", 255);
  brush.beginShape(0.5);
  brush.vertex(-20, 500);
  brush.vertex(240, 470);
  brush.vertex(430, 500);
  brush.vertex(620, 470);
  brush.vertex(620, 620);
  brush.vertex(-20, 620);
  brush.endShape(true);
  brush.noWash();

  // 3. Cabin
  brush.set("2B", "#3e2a1e", 1.2);
  brush.wash("#8a5a3c", 255);
  brush.rect(210, 300, 190, 120);
  brush.noWash();
  brush.set("charcoal", "#4a3122", 0.8);
  brush.line(212, 324, 398, 324);
  brush.line(212, 348, 398, 348);
  brush.line(212, 372, 398, 372);
  brush.line(212, 396, 398, 396);

  // 4. Roof with snow
  brush.set("2B", "#7a8894", 1);
  brush.wash("#f7fafc", 255);
  brush.beginShape(0.15);
  brush.vertex(180, 305);
  brush.vertex(305, 205);
  brush.vertex(430, 305);
  brush.vertex(420, 318);
  brush.vertex(305, 232);
  brush.vertex(190, 318);
  brush.endShape(true);
  brush.noWash();

  // 5. Window, door
  brush.set("pen", "#2d1d14", 1.4);
  brush.wash("#ffd166", 255);
  brush.rect(236, 330, 44, 40);
  brush.wash("#5c3a24", 255);
  brush.rect(330, 340, 42, 80);
  brush.noWash();
  brush.line(258, 330, 258, 370);
  brush.line(236, 350, 280, 350);

  // 6. Smoke
  brush.set("charcoal", "#8d99a5", 1);
  brush.beginStroke("curve", 370, 230);
  brush.move(80, 40, 0.5);
  brush.move(120, 40, 1);
  brush.move(60, 50, 1.4);
  brush.move(110, 60, 0.8);
  brush.endStroke(40, 0.2);

  // 7. Pines
  let pines = [[70, 470, 190], [140, 450, 120], [480, 450, 170], [550, 480, 220]];
  for (let i = 0; i < pines.length; i++) {
    let x = pines[i][0];
    let y = pines[i][1];
    let h = pines[i][2];
    brush.set("charcoal", "#25433b", 1.3);
    brush.line(x, y, x, y - h);
    for (let k = 0; k < 9; k++) {
      let yy = y - h + 12 + (k * h) / 11;
      let w = 8 + k * h * 0.024;
      brush.line(x, yy, x - w, yy + 14);
      brush.line(x, yy, x + w, yy + 14);
    }
  }

  // 8. Falling snow
  brush.set("marker", "#ffffff", 0.9);
  for (let i = 0; i < 90; i++) {
    let x = random(600);
    let y = random(600);
    brush.line(x, y, x + 1, y + 1);
  }
}
