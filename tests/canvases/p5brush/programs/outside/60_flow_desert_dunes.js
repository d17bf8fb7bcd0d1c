// Dunes, lit from the left; the shade is massed, the wind is a field in radians
let SAND = ["#e9c58b", "#dba964", "#c98d4b", "#b57a3c", "#9c6430"];
let SHADE = "#6b3f22";

function setup() {
    createCanvas(800, 600, WEBGL);
    brush.scaleBrushes(3.5);
    randomSeed(77);
    noiseSeed(77);
    brush.addField("wind", (t, field) => {
        for (let c = 0; c < field.length; c++)
            for (let r = 0; r < field[c].length; r++)
                field[c][r] = 0.5 * (noise(c * 0.04, r * 0.09) - 0.5);
        return field;
    }, { angleMode: "radians" });
}

function crest(i, x) {
    return 250 + i * 78 + 60 * (noise(x * 0.004, i * 5) - 0.5) + 30 * sin(x * 0.008 + i * 1.7);
}

function dune(i) {
    brush.noStroke();
    brush.wash(SAND[i], 255);
    brush.beginShape(0.3);
    for (let x = -20; x <= 820; x += 40) brush.vertex(x, crest(i, x));
    brush.vertex(820, 640);
    brush.vertex(-20, 640);
    brush.endShape(true);
    brush.noWash();

    // the lee side
    let px = random(160, 560);
    brush.mass("cpencil", SHADE, { precision: 0.7, strength: 0.5, gradient: 0.3, outline: false });
    brush.beginShape(0.4);
    brush.vertex(px, crest(i, px));
    brush.vertex(px + 110, crest(i, px + 110) + 4);
    brush.vertex(px + 190, crest(i, px + 190) + 10);
    brush.vertex(px + 90, crest(i, px + 90) + 56);
    brush.endShape(true);
    brush.noMass();

    // ripples
    brush.field("wind");
    for (let k = 0; k < 16; k++) {
        let x = random(-40, 700);
        brush.set("2H", random(["#fbe3b5", SHADE]), 0.8);
        brush.flowLine(x, crest(i, x) + random(12, 74), random(60, 180), random(-0.1, 0.1));
    }
    brush.noField();
}

function camel(x, y, s) {
    brush.set("marker", "#3a2115", 0.8 * s);
    brush.spline([[x - 22 * s, y, 1], [x - 10 * s, y - 14 * s, 1.4], [x, y - 6 * s, 1], [x + 9 * s, y - 15 * s, 1.4], [x + 20 * s, y - 2 * s, 1], [x + 32 * s, y - 20 * s, 0.7]], 0.7);
    for (let k of [-18, -12, 12, 18]) brush.line(x + k * s, y, x + k * s, y + 20 * s);
}

function draw() {
    background("#f7dcb9");
    translate(-width / 2, -height / 2);
    brush.set("pastel", "#f2b880", 1.6);
    for (let y = 30; y < 230; y += 30) brush.line(0, y, 800, y + 6);
    brush.noStroke();
    brush.wash("#fff4d6", 255);
    brush.circle(150, 110, 44);
    for (let i = 0; i < 5; i++) {
        dune(i);
        if (i === 1) for (let k = 0; k < 4; k++) camel(430 + k * 66, crest(1, 430 + k * 66) - 14, 0.6);
    }
    noLoop();
}
