function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
}

function draw() {
  background("#fdfbf5");
  translate(-width / 2, -height / 2);
  brush.scaleBrushes(2.5);
  randomSeed(30);

  // 1. Blue lines of a tile
  brush.set("marker", "#2a5d9f", 0.9);
  brush.line(16, 16, 496, 16);
  brush.line(496, 16, 496, 496);
  brush.line(496, 496, 16, 496);
  brush.line(16, 496, 16, 16);
  brush.set("pen", "#2a5d9f", 1.2);
  brush.line(28, 28, 484, 28);
  brush.line(484, 28, 484, 484);
  brush.line(484, 484, 28, 484);
  brush.line(28, 484, 28, 28);

  // 2. Corner ornaments
  brush.arc(28, 28, 60, 270, 360);
  brush.arc(484, 28, 60, 180, 270);
  brush.arc(484, 484, 60, 90, 180);
  brush.arc(28, 484, 60, 0, 90);
  brush.arc(28, 28, 44, 270, 360);
  brush.arc(484, 28, 44, 180, 270);
  brush.arc(484, 484, 44, 90, 180);
  brush.arc(28, 484, 44, 0, 90);

  // 3. Branch
  brush.set("charcoal", "#5d4a2f", 1.4);
  brush.spline([[110, 130, 1.2], [220, 170, 1], [300, 250, 1], [400, 290, 0.5]], 0.6);

  // 4. Leaves
  brush.noStroke();
  let leaves = [[150, 110, -60], [200, 190, 110], [250, 160, -50], [330, 230, -30], [340, 300, 80], [400, 270, -40]];
  for (let i = 0; i < leaves.length; i++) {
    push();
    translate(leaves[i][0], leaves[i][1]);
    rotate(leaves[i][2]);
    brush.fill(i % 2 === 0 ? "#3c6e3a" : "#5b8c3e", 230);
    brush.fillBleed(0.06, "out");
    brush.fillTexture(0.5, 0.6);
    brush.beginShape(0.6);
    brush.vertex(0, 0);
    brush.vertex(36, -17);
    brush.vertex(78, 0);
    brush.vertex(36, 17);
    brush.endShape(true);
    pop();
  }

  // 5. Lemons
  let lemons = [[210, 270, 20], [300, 360, -15], [130, 200, 40]];
  for (let i = 0; i < lemons.length; i++) {
    push();
    translate(lemons[i][0], lemons[i][1]);
    rotate(lemons[i][2]);
    brush.fill("#f2b80f", 240);
    brush.fillBleed(0.08, "in", 90);
    brush.fillTexture(0.4, 0.6);
    brush.beginShape(0.7);
    brush.vertex(-62, 0);
    brush.vertex(-34, -36);
    brush.vertex(34, -36);
    brush.vertex(66, 0);
    brush.vertex(34, 36);
    brush.vertex(-34, 36);
    brush.endShape(true);
    pop();
  }
  brush.noFill();

  // 6. Dots on the lemons
  brush.set("pen", "#b58100", 1.2);
  for (let i = 0; i < 40; i++) {
    let l = lemons[i % 3];
    let x = l[0] + random(-34, 34);
    let y = l[1] + random(-24, 24);
    brush.line(x, y, x + 1, y + 1);
  }
  noLoop();
}
