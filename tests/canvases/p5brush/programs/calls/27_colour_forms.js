// colours as names, hex of all lengths, rgb(), hsl(), grey, p5 colours, HSB, lerpColor, palettes
function setup() {
  createCanvas(512, 512, WEBGL);
  background(245);
  const forms = ["tomato", "#369", "#336699", "#33669980", "rgb(30, 120, 60)", "rgba(200, 20, 90, 0.5)", "hsl(200, 70%, 40%)", "hsb(30, 90%, 90%)"];
  forms.push(color(90), color(20, 90, 160), color(200, 40, 40, 128), lerpColor(color("red"), color("blue"), 0.4));
  forms.push(paletteLerp([["gold", 0], ["purple", 1]], 0.5));
  colorMode(HSB);
  forms.push(color(120, 80, 60), color(280, 60, 70, 0.5));
  colorMode(RGB, 1);
  forms.push(color(0.9, 0.5, 0.1));
  colorMode(RGB, 255);
  forms.forEach((form, i) => {
    const x = -190 + (i % 4) * 126;
    const y = -190 + floor(i / 4) * 126;
    if (i % 3 === 0) {
      brush.fill(form, 200);
      brush.circle(x, y, 44);
      brush.noFill();
    } else if (i % 3 === 1) {
      brush.wash(form, 200);
      brush.circle(x, y, 44);
      brush.noWash();
    }
    brush.set("marker", form, 2);
    brush.line(x - 50, y + 50, x + 50, y + 56);
  });
  brush.stroke(10, 200, 90);
  brush.line(-240, 248, 0, 248);
  brush.stroke(128);
  brush.line(20, 248, 240, 248);
}

function draw() {
  noLoop();
}
