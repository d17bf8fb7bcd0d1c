// The drawing surface that brush.add({ type: 'custom', tip }) hands to the tip's function: writes its shapes down
// as the records of raster.c's TIP command.
({ id, put, TIP, colors, cost, unsupported }) => {
  const { cos, sin, sqrt, abs, PI } = Math;
  const POINTS = 0;
  const CLOSE = 1;
  const ELLIPSE = 2;
  const CAPSULE = 3;
  const PAINT = 4;
  const MOST = 20_000; // records of one tip
  const records = [];
  let written = false;

  let matrix = [1, 0, 0, 1, 0, 0];
  let style = { fill: [1, 1, 1, 1], stroke: [0, 0, 0, 1], weight: 1, rectMode: 'corner', radians: true };
  const stack = [];
  let shape = null;

  const record = (kind, ...values) => {
    if (records.length / 8 > MOST) unsupported('a brush tip of so many shapes');
    records.push(kind, ...values, ...Array(7 - values.length).fill(0));
  };
  const at = (x, y) => [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
  const times = (a, b, c, d, x, y) => {
    const [e, f, g, h, u, v] = matrix;
    matrix = [e * a + g * b, f * a + h * b, e * c + g * d, f * c + h * d, e * x + g * y + u, f * x + h * y + v];
  };
  const paint = ([red, green, blue, alpha]) => record(PAINT, (255 * (red + green + blue)) / 3, alpha);
  const outline = (points) => {
    for (let i = 0; i < points.length; i += 3) {
      const some = points.slice(i, i + 3).flatMap(([x, y]) => at(x, y));
      record(POINTS, some.length / 2, ...some);
    }
    record(CLOSE);
  };
  const scaleNow = () => sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  const lines = (points, closed) => {
    if (!style.stroke) return;
    const ends = closed ? [...points, points[0]] : points;
    for (let i = 0; i + 1 < ends.length; i++) {
      record(CAPSULE, ...at(...ends[i]), ...at(...ends[i + 1]), (style.weight * scaleNow()) / 2);
    }
    paint(style.stroke);
  };
  const polygon = (points, closed = true) => {
    if (points.length < 2) return;
    if (style.fill && points.length > 2) {
      outline(points);
      paint(style.fill);
    }
    lines(points, closed);
  };
  const ellipse = (x, y, width, height = width) => {
    const around = (from, to, steps) =>
      Array.from({ length: steps + 1 }, (_, i) => {
        const angle = from + ((to - from) * i) / steps;
        return [x + (width / 2) * cos(angle), y + (height / 2) * sin(angle)];
      });
    if (style.fill) {
      const [cx, cy] = at(x, y);
      const half = [(matrix[0] * width) / 2, (matrix[1] * width) / 2, (matrix[2] * height) / 2, (matrix[3] * height) / 2];
      record(ELLIPSE, cx, cy, ...half);
      paint(style.fill);
    }
    lines(around(0, 2 * PI, 48).slice(0, -1), true);
  };
  const angle = (value) => (style.radians ? value : (value * PI) / 180);
  const colorOf = (args) => [...colors.color(...args)._array];

  const surface = {
    width: 500,
    height: 500,
    pixels: [],
    canvas: { tip: null },
    CLOSE: 'close', CENTER: 'center', CORNER: 'corner', RADIUS: 'radius', DEGREES: 'degrees', RADIANS: 'radians',
    PI, TWO_PI: 2 * PI, HALF_PI: PI / 2,
    pixelDensity: () => 1,
    noSmooth: () => {},
    smooth: () => {},
    background: (...args) => {
      records.length = 0;
      for (const [x, y] of [[0, 0], [500, 0], [500, 500]]) record(POINTS, 1, x, y);
      record(POINTS, 1, 0, 500);
      record(CLOSE);
      paint(colorOf(args));
    },
    push: () => void stack.push([matrix, { ...style }]),
    pop: () => void ([matrix, style] = stack.pop() ?? [matrix, style]),
    translate: (x, y) => times(1, 0, 0, 1, x, y),
    scale: (x, y = x) => times(x, 0, 0, y, 0, 0),
    rotate: (value) => times(cos(angle(value)), sin(angle(value)), -sin(angle(value)), cos(angle(value)), 0, 0),
    angleMode: (mode) => void (style.radians = mode !== 'degrees'),
    rectMode: (mode) => void (style.rectMode = mode),
    fill: (...args) => void (style.fill = colorOf(args)),
    noFill: () => void (style.fill = null),
    stroke: (...args) => void (style.stroke = colorOf(args)),
    noStroke: () => void (style.stroke = null),
    strokeWeight: (weight) => void (style.weight = weight),
    rect: (x, y, width, height = width) => {
      if (style.rectMode === 'center') [x, y] = [x - width / 2, y - height / 2];
      polygon([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]);
    },
    square: (x, y, side) => surface.rect(x, y, side, side),
    circle: (x, y, diameter) => ellipse(x, y, diameter),
    ellipse,
    point: (x, y) => lines([[x, y], [x, y]], false),
    line: (x1, y1, x2, y2) => lines([[x1, y1], [x2, y2]], false),
    triangle: (a, b, c, d, e, f) => polygon([[a, b], [c, d], [e, f]]),
    quad: (a, b, c, d, e, f, g, h) => polygon([[a, b], [c, d], [e, f], [g, h]]),
    beginShape: () => void (shape = []),
    vertex: (x, y) => void shape?.push([x, y]),
    endShape: (close) => {
      const points = shape ?? [];
      shape = null;
      polygon(points, close === 'close' || close === true);
    },
    // The library turns dark pixels to ink here, one by one; raster.c does that itself.
    loadPixels: () => void (surface.width = surface.height = 0),
    updatePixels: () => {},
  };
  surface.canvas.tip = {
    write: () => {
      if (!written) {
        cost.tip(records.length / 8);
        put(TIP, id, records.length / 8, ...records);
      }
      written = true;
      return id;
    },
  };
  return new Proxy(surface, {
    get: (target, name) =>
      name in target || typeof name === 'symbol' ? target[name] : unsupported(`${String(name)}() in a brush tip`),
  });
}
