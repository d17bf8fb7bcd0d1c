// What drawing takes, in units of about a nanosecond of an idle core: counted before it is done, so that a program
// ends at the same call on every machine. Yields the counter; `start` sets how much there is and how large the canvas.
({ refuse }) => {
  const { abs, min, max } = Math;
  // Of one number at random, one direction, one value of noise, one command, one vertex; of one pixel that a shape,
  // a point, a stamp covers, that a mask is looked for in, that is mixed, that is painted flat, emptied, taken from
  // another surface, read or written; of one row that an edge crosses. Measured by benchmarks/hostile.py.
  const RANDOM = 20, ANGLE = 12, NOISE = 60, COMMAND = 200, VERTEX = 40;
  const COVERED = 1.2, POINT = 5, STAMP = 8, LOOKED_AT = 1.5, MIXED = 40, FLAT = 3, SHEET = 0.2, COPIED = 26, READ = 2, ROW = 4;
  const meter = new Float64Array(1); // what was spent, for whoever watches
  const covered = [0, 0]; // pixels of the fill mask and of the brush mask since they were mixed
  let most = Infinity;
  let again = 0; // what was spent when the picture so far was last drawn to be read
  let width = 0; // of the canvas, or of the largest surface
  let height = 0;
  const spend = (units) => {
    if (!(units > 0)) return;
    if (meter[0] + units > most) refuse(); // throws; who catches it has spent nothing more
    meter[0] += units;
  };
  const overlap = (from, to, side) => max(0, min(to, side) - max(from, 0)) || 0;
  const area = (left, top, right, bottom) => overlap(left, right, width) * overlap(top, bottom, height);
  const cover = (mask, pixels, each) => {
    covered[mask] += pixels;
    spend(COMMAND + each * pixels);
  };
  // Squares around the points of a list, of which each has so many numbers; half a side is the third, or `times` it.
  const squares = (values, count, size, times, each) => {
    let pixels = 0;
    for (let i = 0; i < size * count; i += size) {
      const half = times * values[i + 2] + 1;
      pixels += area(values[i] - half, values[i + 1] - half, values[i] + half, values[i + 1] + half);
    }
    covered[1] += pixels;
    spend(VERTEX * count + each * pixels);
  };
  return {
    meter,
    spend,
    random: () => spend(RANDOM),
    angle: () => spend(ANGLE),
    noise: () => spend(NOISE),
    // For what is computed and counted elsewhere: the first fields of a list of numbers.
    give: (fields) => {
      fields[0] = meter[0];
      fields[1] = most;
      fields[2] = covered[0];
      fields[3] = covered[1];
      fields[4] = width;
      fields[5] = height;
    },
    take: (fields) => {
      meter[0] = fields[0];
      covered[0] = fields[2];
      covered[1] = fields[3];
    },
    start: (units) => {
      most = units;
      meter[0] = covered[0] = covered[1] = again = 0;
    },
    size: (wide, high) => {
      width = wide;
      height = high;
    },
    background: () => spend(COMMAND + SHEET * width * height),
    disc: (x, y, radius, { a, b, c, d, e, f }) => {
      const across = a * x + c * y + e;
      const down = b * x + d * y + f;
      const reach = abs(radius) * max(abs(a) + abs(c), abs(b) + abs(d)) + 1;
      cover(0, area(across - reach, down - reach, across + reach, down + reach), COVERED);
    },
    // A path of `count` points from `start` on in the stream, with its matrix: yields the pixels around it.
    path: (floats, start, count, { a, b, c, d, e, f }) => {
      let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity, rows = 0, last = NaN;
      for (let i = start; i < start + 2 * count; i += 2) {
        const x = a * floats[i] + c * floats[i + 1] + e;
        const y = b * floats[i] + d * floats[i + 1] + f;
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < top) top = y;
        if (y > bottom) bottom = y;
        const rise = abs(y - last);
        if (rise > 0) rows += min(rise, height);
        last = y;
      }
      spend(VERTEX * count + ROW * rows);
      return { rows, pixels: area(left, top, right + 1, bottom + 1) };
    },
    fill: ({ pixels }) => cover(0, pixels, COVERED),
    stroke: ({ rows, pixels }, count, line) => cover(0, min(pixels, (rows + count) * (line + 2)), COVERED + ROW),
    blend: (mask, x, y, wide, high) => {
      const pixels = area(x, y, x + wide, y + high);
      spend(COMMAND + LOOKED_AT * pixels + MIXED * min(pixels, covered[mask]));
      covered[mask] = 0;
    },
    points: (values, count) => squares(values, count, 4, 1, POINT),
    stamps: (values, count) => squares(values, count, 5, 1.5, STAMP),
    flat: (contours) => {
      let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity, rows = 0, count = 0;
      for (let k = 0; k < contours.length; k++) {
        const contour = contours[k];
        let last = NaN;
        count += contour.length / 2;
        for (let i = 0; i < contour.length; i += 2) {
          const x = contour[i];
          const y = contour[i + 1];
          left = min(left, x);
          right = max(right, x);
          top = min(top, y);
          bottom = max(bottom, y);
          const rise = abs(y - last);
          if (rise > 0) rows += min(rise, height);
          last = y;
        }
      }
      spend(COMMAND + VERTEX * count + ROW * rows + FLAT * area(left, top, right + 1, bottom + 1));
    },
    surface: (wide, high) => {
      width = max(width, wide);
      height = max(height, high);
      spend(COMMAND + SHEET * wide * high);
    },
    oval: (radius, [a, b, c, d, e, f]) => {
      const reach = abs(radius) * max(abs(a) + abs(c), abs(b) + abs(d)) + 1;
      spend(COMMAND + FLAT * area(e - reach, f - reach, e + reach, f + reach));
    },
    image: (quad) => {
      const across = [quad[0], quad[2], quad[4], quad[6]], down = [quad[1], quad[3], quad[5], quad[7]];
      spend(COMMAND + COPIED * area(min(...across), min(...down), max(...across) + 1, max(...down) + 1));
    },
    write: (pixels) => spend(COMMAND + READ * pixels),
    // What is read is drawn beside the program first, and once more for the picture.
    read: (pixels) => {
      const more = meter[0] - again;
      spend(COMMAND + READ * pixels + more);
      again = meter[0];
    },
    tip: (records) => spend(records * COMMAND * ROW + FLAT * 250_000),
  };
}
