// Washes that show nothing.
// subject: none
// prompt: a wash of colour
const composition = "all over"; // one of: all over, two bands, a band across, a corner, stripes
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
  const edge = random(-120, 120);
  if (composition === "all over") sheet(-256, -256, 512, 512, 0);
  if (composition === "two bands") {
    sheet(-256, -256, 512, edge + 256, 0);
    sheet(-256, edge, 512, 256 - edge, 50);
  }
  if (composition === "a band across") sheet(-256, edge - 50, 512, random(40, 160), 0);
  if (composition === "a corner") sheet(random(-256, 0), random(-256, 0), random(120, 256), random(120, 256), 0);
  if (composition === "stripes") for (let i = 0; i < 6; i++) sheet(-256 + 86 * i, -256, 50, 512, 12 * i);
}

function sheet(x, y, width, height, turn) {
  paint(turn);
  brush.rect(x, y, width, height);
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

function paint(turn = 0) {
  brush.noStroke();
  brush.fill(ink(light, chroma, (hue + turn + 360) % 360), opacity);
  brush.fillBleed(bleed, "out");
  brush.fillTexture(grain, 0.5, grain > 0.1);
}
