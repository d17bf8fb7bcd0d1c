// Wood grain round three knots
let KNOTS = [[170, 200, 40], [430, 330, 56], [230, 480, 28]];

function setup() {
    createCanvas(600, 600, WEBGL);
    angleMode(DEGREES);
    brush.scaleBrushes(3);
    randomSeed(5);
    noiseSeed(5);
    noLoop();
}

function bend(x, y) {
    let dy = 0;
    for (let [kx, ky, r] of KNOTS) {
        let d = dist(x, y, kx, ky);
        let side = y < ky ? -1 : 1;
        dy += side * r * 1.3 * exp(-(d * d) / (r * r * 4));
    }
    return dy;
}

function draw() {
    background("#d9b382");
    translate(-width / 2, -height / 2);
    brush.noField();
    for (let y = -20; y < 620; y += 8) {
        let pts = [];
        for (let x = -10; x <= 610; x += 31) {
            let yy = y + 10 * (noise(x * 0.008, y * 0.03) - 0.5);
            pts.push([x, yy + bend(x, yy), 0.4 + noise(x * 0.02, y) * 1.1]);
        }
        brush.set(random(["2B", "crayon", "cpencil"]), random(["#7a4b22", "#94602f", "#5f3817", "#b07a45"]), random(0.6, 1.5));
        brush.spline(pts, 0.5);
    }
    for (let [x, y, r] of KNOTS) {
        for (let k = r; k > 3; k -= 6) {
            brush.set("charcoal", "#4a2a10", 0.7);
            brush.circle(x, y, k * 0.7, 0.6);
        }
    }
}
