// Woven bands, a built-in field for each
let NAMES = ["zigzag", "columns", "waves", "seabed", "hand", "curved", "spiral"];
let WOOL = ["#9b2226", "#ae2012", "#ca6702", "#ee9b00", "#0a9396", "#005f73", "#94d2bd"];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    brush.scaleBrushes(3);
    randomSeed(3);
    noiseSeed(3);
    noLoop();
}

function band(i) {
    let y = 30 + i * 78;
    brush.field(NAMES[i]);
    brush.refreshField(i);
    for (let k = 0; k < 9; k++) {
        brush.set(k % 2 ? "crayon" : "2B", WOOL[(i + k) % 3 ? i : (i + 3) % 7], 1);
        brush.flowLine(30, y + k * 7, 540, 0);
    }
    brush.noField();
    brush.set("pen", "#3a2a1a", 1);
    brush.line(24, y - 9, 576, y - 9);
}

function draw() {
    background("#f4ecdd");
    translate(-width / 2, -height / 2);
    for (let i = 0; i < brush.listFields().length && i < 7; i++) band(i);
    // fringe
    for (let y = 24; y < 580; y += 8) {
        brush.set("2H", "#7f6a4d", 1.2);
        brush.line(22, y, 4 + random(8), y + random(-4, 4));
        brush.line(578, y, 588 + random(8), y + random(-4, 4));
    }
}
