// every built-in field: flow lines, a straight line and a shape in each
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(12);
  background("#fbf6ec");
  const names = ["hand", "curved", "zigzag", "waves", "seabed", "spiral", "columns"];
  names.forEach((name, i) => {
    brush.field(name);
    brush.set(["pen", "2B", "cpencil", "HB"][i % 4], ["#003049", "#d62828", "#6a994e"][i % 3], 1.2);
    const y = -230 + i * 68;
    for (let k = 0; k < 5; k++) brush.flowLine(-240, y + k * 9, 200, 0);
    brush.line(-20, y + 20, 100, y + 20);
    brush.circle(150, y + 20, 24);
    brush.rect(190, y, 40, 40);
  });
  brush.noField();
  brush.line(-240, 245, 240, 245);
}

function draw() {
  noLoop();
}
