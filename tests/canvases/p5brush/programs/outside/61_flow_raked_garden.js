// A raked garden: concentric combs round stones, lines elsewhere
let STONES = [[190, 210, 46], [420, 170, 30], [390, 420, 58]];

function setup() {
    createCanvas(400, 400, WEBGL);
    angleMode(DEGREES);
    brush.scaleBrushes(2);
    randomSeed(108);
    noiseSeed(108);
}

function draw() {
    background("#ece6d8");
    scale(2 / 3);                                   // thought of in 600 units
    translate(-300, -300);
    let outside = (x, y) => STONES.every(([sx, sy, r]) => dist(x, y, sx, sy) > r + 62);

    brush.set("2H", "#9d9583", 1.4);
    for (let y = 14; y < 600; y += 13) {
        let from = null;
        for (let x = 10; x <= 592; x += 6) {
            if (outside(x, y) && x < 588) {
                if (from === null) from = x;
            } else if (from !== null) {
                if (x - from > 12) brush.line(from, y, x - 6, y);
                from = null;
            }
        }
    }
    for (let [x, y, r] of STONES) {
        for (let k = 1; k <= 5; k++) {
            brush.set("HB", "#8b8371", 1.1);
            brush.circle(x, y, r + k * 12);
        }
        brush.set("charcoal", "#2f2f2c", 1);
        brush.wash("#5c5b55", 255);
        brush.beginShape(0.6);
        for (let a = 0; a < 360; a += 45) {
            let q = r * (0.75 + 0.35 * noise(x, a * 0.02));
            brush.vertex(x + q * cos(a), y + q * 0.85 * sin(a));
        }
        brush.endShape(true);
        brush.noWash();
        // moss
        brush.noStroke();
        brush.wash("#6a8d4f", 200);
        brush.circle(x - r * 0.3, y + r * 0.5, r * 0.3, 0.8);
        brush.noWash();
    }
    noLoop();
}
