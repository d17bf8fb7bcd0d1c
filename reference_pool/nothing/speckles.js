// Speckles that show nothing: noise, as a program would paint it.
// subject: none
// prompt: speckles of colour
const composition = "fine"; // one of: fine, coarse, in all colours, squares, a cloud
const hue = 20; // 0 to 359
const chroma = 0.12; // 0.02 to 0.20
const light = 0.60; // 0.25 to 0.85
const ground = 0.97; // 0.88 to 1.00
const opacity = 160; // 60 to 255
const bleed = 0.15; // 0.02 to 0.40
const grain = 0.40; // 0.00 to 0.80
const seed = 5; // seed

function setup() {
  begin();
  noStroke();
  const count = { fine: 5000, coarse: 500, "in all colours": 1500, squares: 900, "a cloud": 2500 }[composition];
  const size = { fine: 3, coarse: 18, "in all colours": 8, squares: 17, "a cloud": 5 }[composition];
  for (let i = 0; i < count; i++) {
    const turn = composition === "in all colours" ? random(360) : random(-25, 25);
    fill(ink(constrain(light + random(-0.15, 0.15), 0.1, 0.95), chroma, (hue + turn + 360) % 360));
    const wide = composition === "a cloud" ? 70 : 0;
    const x = wide ? randomGaussian(0, wide) : random(-256, 256);
    const y = wide ? randomGaussian(0, wide) : random(-256, 256);
    if (composition === "squares") rect(x, y, size, size);
    else circle(x, y, size);
  }
}

function begin() {
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  randomSeed(seed);
  noiseSeed(seed);
  background(ink(ground, 0.01, hue));
}

function ink(lightness, strength, angle) {
  return color(`oklch(${lightness} ${strength} ${angle})`).toString("#rrggbb");
}
