// Discs that show nothing: what the first trained model learned to paint.
// subject: none
// prompt: discs of colour
const composition = "one"; // one of: one, three apart, two that overlap, many small, one on another
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
  const size = random(40, 190);
  if (composition === "one") disc(random(-60, 60), random(-60, 60), size, 0);
  if (composition === "three apart") for (const i of [0, 1, 2]) disc(150 * (i - 1), random(-120, 120), size * 0.4, 40 * i);
  if (composition === "two that overlap") for (const i of [-1, 1]) disc(i * size * 0.5, random(-40, 40), size * 0.7, 30 * i);
  if (composition === "many small") for (let i = 0; i < 14; i++) disc(random(-220, 220), random(-220, 220), random(12, 46), random(-30, 30));
  if (composition === "one on another") for (const i of [0, 1, 2]) disc(0, 20 * i, size * (1 - 0.3 * i), 60 * i);
}

function disc(x, y, radius, turn) {
  paint(turn);
  brush.circle(x, y, radius);
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
