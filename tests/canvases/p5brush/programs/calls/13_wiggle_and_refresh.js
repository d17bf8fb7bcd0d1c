// wiggle of several strengths, back to a field, refreshField with times
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(4);
  background("#fbf6ec");
  [0, 1, 3, 8, -4].forEach((strength, i) => {
    brush.wiggle(strength);
    brush.set("2B", "#1d3557", 1.4);
    brush.rect(-235 + i * 96, -230, 80, 80);
    brush.circle(-195 + i * 96, -90, 38);
  });
  brush.wiggle();
  brush.field("waves");
  for (let t = 0; t < 4; t++) {
    brush.refreshField(t * 40);
    brush.set("pen", ["#e63946", "#457b9d", "#2a9d8f", "#f4a261"][t], 1.5);
    for (let k = 0; k < 6; k++) brush.flowLine(-230, 10 + t * 58 + k * 7, 460, 0);
  }
  brush.noField();
  const known = brush.listFields().length;
  for (let k = 0; k < known; k++) brush.line(-230 + k * 10, 240, -230 + k * 10, 250);
}

function draw() {
  noLoop();
}
