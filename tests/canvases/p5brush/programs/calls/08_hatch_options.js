// hatch: distance, angle, rand, continuous, gradient, each alone and together
function setup() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("#fbf6ec");
  const options = [
    undefined,
    { rand: 0.3 },
    { continuous: true },
    { gradient: 0.6 },
    { rand: 0.2, continuous: true, gradient: 0.3 },
    { rand: 1 },
    { gradient: 1, continuous: true },
    { rand: false, continuous: false, gradient: false },
    {},
  ];
  options.forEach((option, i) => {
    brush.set("HB", "#22577a", 1);
    if (option) brush.hatch(4 + i, i * 40 - 60, option);
    else brush.hatch();
    const x = -240 + (i % 3) * 165;
    const y = -240 + floor(i / 3) * 165;
    if (i % 2) brush.circle(x + 70, y + 70, 66);
    else brush.rect(x, y, 140, 140);
    brush.noHatch();
  });
}

function draw() {
  noLoop();
}
