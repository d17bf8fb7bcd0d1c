// One red tulip on pale green: eight fills and a few veins.
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(31); noiseSeed(31);
  background("#fbf7ee");
  form("#c9d6b4", 120, 0.42, 0.3, 0.1, [[-150, -120], [40, -190], [180, -70], [150, 120], [-20, 190], [-170, 80]]);
  form("#5d8a4c", 230, 0.05, 0.3, 0.6, [[-7, 20], [-11, 130], [-4, 250], [9, 250], [4, 130], [7, 20]]);
  form("#4c7c4a", 205, 0.1, 0.45, 0.6, [[0, 236], [-60, 160], [-120, 30], [-132, -30], [-74, 40], [-20, 150]]);
  form("#6b9a55", 205, 0.1, 0.45, 0.6, [[4, 240], [52, 170], [112, 90], [150, 70], [108, 150], [44, 226]]);
  form("#b3202f", 205, 0.12, 0.45, 0.6, [[0, 26], [-46, -20], [-52, -110], [0, -176], [52, -110], [46, -20]]);
  form("#d8394a", 200, 0.12, 0.45, 0.65, [[-2, 34], [-66, 4], [-92, -70], [-74, -150], [-26, -92], [-2, -20]]);
  form("#e0515a", 200, 0.12, 0.45, 0.65, [[2, 34], [66, 0], [94, -74], [70, -154], [24, -92], [2, -20]]);
  form("#f0938a", 165, 0.16, 0.4, 0.5, [[0, 30], [-32, -20], [-26, -84], [0, -112], [28, -84], [32, -20]]);
  brush.set("cpencil", "#7f1423", 1);
  for (const x of [-58, -34, -10, 12, 36, 60]) {
    brush.spline([[x * 0.2, 22, 1], [x * 0.9, -40, 0.8], [x, -96 - abs(x) * 0.2, 0.3]], 0.6);
  }
}

function form(colour, opacity, bleed, texture, border, points) {
  push();
  brush.fill(colour, opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(texture, border);
  brush.beginShape(0.6);
  for (const [x, y] of points) brush.vertex(x + random(-3, 3), y + random(-3, 3));
  brush.endShape();
  pop();
}

function draw() {
  noLoop();
}
