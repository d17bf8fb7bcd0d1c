// p5's shapes on a 2D canvas: filled outlines and stroked lines, antialiased, as polygons for the rasteriser.
// Called with { host, shapes, unsupported }; yields draw(name, args, style) for the names of shapes.js. A style is as
// there, with the caps and joins of a 2D canvas; curves and shapes of many vertices go through `shapes`.
({ host, shapes, unsupported }) => {
  const { abs, acos, atan, ceil, clz32, cos, floor, hypot, max, min, PI, sin, sqrt, tan } = Math;
  const { isFinite } = Number;
  const TURN = 2 * PI;
  const MITER = 10; // how long a miter may be, in half line widths
  const SMOOTH = 0.9; // the cosine of a turn that is part of a curve
  const THIN = 1; // pixels: a line up to here is drawn without an outline, as Skia's hairlines are
  const ROUND_END = PI / 8; // by so much a hairline with round ends is longer at each, in pixels
  const DETAIL = 1 / 4; // pieces a pixel of other curves

  let style = null;
  const toDevice = ([x, y]) => {
    const m = style.matrix;
    return [m[0] * x + m[4] * y + m[12], m[1] * x + m[5] * y + m[13]];
  };
  const scaleNow = () => {
    const m = style.matrix;
    return max(hypot(m[0], m[1]), hypot(m[4], m[5]));
  };
  // As many chords as Skia makes of a circle: conics, then quadratics, then lines.
  const stepsOf = (sweep, radius) => {
    const far = abs(radius) * scaleNow();
    let quads = 4;
    for (let error = 0.0607 * far; error > 0.25 && quads < 128; error /= 4) quads *= 2;
    const half = PI / quads;
    const bend = (far * (1 / cos(half) - cos(half))) / 2;
    const steps = 2 ** max(1, floor((32 - clz32((70 * bend + 16) >> 5)) / 2));
    return max(2, ceil((abs(sweep) / TURN) * quads * steps - 1e-6));
  };
  const paint = ([red, green, blue, alpha], polygons) => {
    const contours = polygons.filter((polygon) => polygon.length > 2).map((polygon) => polygon.flatMap(toDevice));
    if (!contours.length || !contours.every((contour) => contour.every(isFinite))) return;
    host.flat(3, [red * alpha, green * alpha, blue * alpha, alpha], contours);
  };

  // ---- Strokes: the outline of a line, in the space of the shape, as one contour or, where it is closed, as two.
  const arcAround = (at, from, sweep, radius, into) => {
    const steps = stepsOf(sweep, radius);
    for (let i = 1; i < steps; i++) {
      const angle = from + (sweep * i) / steps;
      into.push([at[0] + radius * cos(angle), at[1] + radius * sin(angle)]);
    }
  };
  const angleOf = ([x, y]) => Math.atan2(y, x);
  const withoutRepeats = (points) => points.filter((point, i) => {
    const last = points[i - 1];
    return !last || hypot(point[0] - last[0], point[1] - last[1]) > 1e-6;
  });
  const stroke = (line, isClosed) => {
    const half = style.strokeWeight / 2;
    const cap = style.strokeCap ?? 'round';
    const join = style.strokeJoin ?? 'miter';
    let points = withoutRepeats(line);
    const [start, last] = [points[0], points.at(-1)];
    const meets = points.length > 2 && hypot(start[0] - last[0], start[1] - last[1]) < 1e-6;
    if (isClosed && meets) points = points.slice(0, -1);
    if (points.length < 2) {
      if (cap === 'butt' || !line.length) return [];
      const [x, y] = line[0];
      const [left, right, top, bottom] = [x - half, x + half, y - half, y + half];
      if (cap === 'square') return [[[left, top], [right, top], [right, bottom], [left, bottom]]];
      const dot = [];
      arcAround(line[0], 0, TURN, half, dot);
      return [[[x + half, y], ...dot]];
    }
    const closes = isClosed && points.length > 2;
    const along = points.map((point, i) => {
      const next = points[(i + 1) % points.length];
      const length = hypot(next[0] - point[0], next[1] - point[1]);
      return [(next[0] - point[0]) / length, (next[1] - point[1]) / length];
    });
    // One side of the line from one point to another; `side` is 1 for the left one, in the line's direction.
    const corner = (at, from, to, side, into) => {
      const [ax, ay] = [side * half * from[1], -side * half * from[0]];
      const [bx, by] = [side * half * to[1], -side * half * to[0]];
      const cosine = from[0] * to[0] + from[1] * to[1];
      const turn = side * (from[0] * to[1] - from[1] * to[0]);
      const reach = 1 / (1 + cosine);
      const elbow = [at[0] + (ax + bx) * reach, at[1] + (ay + by) * reach];
      if (cosine > SMOOTH) {
        const much = half / hypot(ax + bx, ay + by);
        into.push([at[0] + (ax + bx) * much, at[1] + (ay + by) * much]);
      } else if (turn < 0) {
        into.push([at[0] + ax, at[1] + ay], at, [at[0] + bx, at[1] + by]);
      } else {
        into.push([at[0] + ax, at[1] + ay]);
        if (join === 'miter' && sqrt(2 * reach) <= MITER) into.push(elbow);
        if (join === 'round') {
          arcAround(at, angleOf([ax, ay]), side * acos(max(-1, min(1, cosine))), half, into);
        }
        into.push([at[0] + bx, at[1] + by]);
      }
    };
    const count = points.length;
    if (closes) {
      return [1, -1].map((side) => {
        const contour = [];
        for (let i = 0; i < count; i++) corner(points[i], along[(i + count - 1) % count], along[i], side, contour);
        return side > 0 ? contour : contour.reverse();
      });
    }
    const end = (at, [dx, dy], contour) => { // from the left side of a direction around the end to its right side
      const [nx, ny] = [half * dy, -half * dx];
      contour.push([at[0] + nx, at[1] + ny]);
      if (cap === 'square') {
        const [x, y] = [at[0] + half * dx, at[1] + half * dy];
        contour.push([x + nx, y + ny], [x - nx, y - ny]);
      } else if (cap === 'round') {
        arcAround(at, angleOf([nx, ny]), PI, half, contour);
      }
      contour.push([at[0] - nx, at[1] - ny]);
    };
    const contour = [];
    for (let i = 1; i < count - 1; i++) corner(points[i], along[i - 1], along[i], 1, contour);
    end(points[count - 1], along[count - 2], contour);
    const back = [];
    for (let i = 1; i < count - 1; i++) corner(points[i], along[i - 1], along[i], -1, back);
    contour.push(...back.reverse());
    end(points[0], [-along[0][0], -along[0][1]], contour);
    return [contour];
  };
  // Each piece of a hairline covers one pixel of every column or, where it is steep, of every row.
  const hairline = (line, isClosed, width) => {
    const points = line.map(toDevice);
    if (isClosed) points.push(points[0]);
    if (points.length === 1) points.push(points[0]);
    const [red, green, blue, alpha] = style.stroke;
    const cap = style.strokeCap ?? 'round';
    const longer = isClosed || cap === 'butt' ? 0 : cap === 'round' ? ROUND_END : 0.5;
    for (let i = 0; i + 1 < points.length; i++) {
      let [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
      const length = hypot(x1 - x0, y1 - y0);
      const [dx, dy] = length > 0 ? [((x1 - x0) / length) * longer, ((y1 - y0) / length) * longer] : [longer, 0];
      if (i === 0) [x0, y0] = [x0 - dx, y0 - dy];
      if (i + 2 === points.length) [x1, y1] = [x1 + dx, y1 + dy];
      const [ox, oy] = abs(x1 - x0) > abs(y1 - y0) ? [0, 0.5] : [0.5, 0];
      const piece = [x0 - ox, y0 - oy, x1 - ox, y1 - oy, x1 + ox, y1 + oy, x0 + ox, y0 + oy];
      const much = alpha * width;
      if (piece.every(isFinite)) host.flat(3, [red * much, green * much, blue * much, much], [piece]);
    }
  };
  // Lines are { points, isClosed }; what is filled may be others than what is stroked.
  const show = (lines, filled = lines) => {
    if (style.fill) paint(style.fill, filled.map(({ points }) => points));
    if (style.stroke && style.strokeWeight > 0) {
      const width = style.strokeWeight * scaleNow();
      for (const { points, isClosed } of lines) {
        if (width > THIN) paint(style.stroke, stroke(points, isClosed));
        else hairline(points, isClosed, width);
      }
    }
  };

  const boxOf = (a, b, c, d, mode) => {
    if (mode === 'corners') return [min(a, c), min(b, d), abs(c - a), abs(d - b)];
    if (mode === 'radius') return [a - abs(c), b - abs(d), 2 * abs(c), 2 * abs(d)];
    if (mode === 'center') return [a - abs(c) / 2, b - abs(d) / 2, abs(c), abs(d)];
    return [a, b, c, d];
  };
  const onEllipse = ([x, y, w, h], from, sweep) => {
    const steps = stepsOf(sweep, max(abs(w), abs(h)) / 2);
    return Array.from({ length: steps + 1 }, (_, i) => {
      const angle = from + (sweep * i) / steps;
      return [x + w / 2 + (w / 2) * cos(angle), y + h / 2 + (h / 2) * sin(angle)];
    });
  };
  const ellipseIn = (box) => {
    const [x, y, w, h] = box;
    if (style.fill && w && h && box.every(isFinite)) {
      const m = style.matrix;
      const [red, green, blue, alpha] = style.fill;
      const scale = scaleNow();
      const radius = (max(w, h) / 2) * scale;
      const [across, down] = [w / 2 / radius, h / 2 / radius];
      const [cx, cy] = toDevice([x + w / 2, y + h / 2]);
      const matrix = [m[0] * across, m[1] * across, m[4] * down, m[5] * down, cx, cy];
      host.surfaces.oval([red * alpha, green * alpha, blue * alpha, alpha], radius, matrix);
    }
    show([{ points: onEllipse(box, 0, TURN).slice(0, -1), isClosed: true }], []);
  };
  // p5 stretches the angles so that they point where they would on a circle.
  const stretched = (angle, w, h) => {
    const turned = atan((w / h) * tan(angle));
    return angle <= PI / 2 ? turned : angle <= 1.5 * PI ? turned + PI : turned + TURN;
  };
  const closed = (points) => show([{ points, isClosed: true }]);

  const calls = {
    rect: (...args) => {
      const [a, b, c, d] = (args.length === 3 ? [...args, args[2]] : args).slice(0, 4).map(Number);
      const [x, y, w, h] = boxOf(a, b, c, d, style.rectMode);
      if (args[4] === undefined) {
        closed([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]);
        return;
      }
      const first = args[4];
      const radii = [first, args[5] ?? first, args[6] ?? args[5] ?? first, args[7] ?? args[6] ?? args[5] ?? first];
      const most = min(abs(w), abs(h)) / 2;
      const [tl, tr, br, bl] = radii.map((radius) => max(0, min(most, Number(radius))));
      const points = [];
      const round = (cx, cy, radius, from) => {
        points.push([cx + radius * cos(from), cy + radius * sin(from)]);
        if (radius > 0) arcAround([cx, cy], from, PI / 2, radius, points);
        if (radius > 0) points.push([cx + radius * cos(from + PI / 2), cy + radius * sin(from + PI / 2)]);
      };
      const [left, top, right, bottom] = [min(x, x + w), min(y, y + h), max(x, x + w), max(y, y + h)];
      round(left + tl, top + tl, tl, PI);
      round(right - tr, top + tr, tr, 1.5 * PI);
      round(right - br, bottom - br, br, 0);
      round(left + bl, bottom - bl, bl, PI / 2);
      closed(points);
    },
    square: (x, y, size, ...radii) => calls.rect(x, y, size, size, ...radii),
    ellipse: (x, y, w, h = w) => {
      const [left, top, wide, high] = boxOf(...[x, y, w, h].map(Number), style.ellipseMode);
      ellipseIn([left, top, abs(wide), abs(high)]);
    },
    circle: (x, y, size) => calls.ellipse(x, y, size),
    arc: (x, y, w, h, start, stop, mode) => {
      if (start === stop) return;
      const box = boxOf(...[x, y, w, h].map(Number), style.ellipseMode);
      const [from, to] = [start, stop].map((angle) => {
        const radians = style.isRadians === false ? (angle * PI) / 180 : Number(angle);
        return radians - TURN * floor(radians / TURN);
      });
      if (min(abs(from - to), TURN - abs(from - to)) < 0.00001) {
        ellipseIn(box);
        return;
      }
      const [begin, end] = [from, to].map((angle) => stretched(angle, box[2], box[3]));
      const points = onEllipse(box, begin, (begin > end ? end + TURN : end) - begin);
      const middle = [box[0] + box[2] / 2, box[1] + box[3] / 2];
      const isSlice = mode !== 'chord' && mode !== 'open';
      const line = mode === 'pie' ? [...points, middle] : points;
      const filled = isSlice ? [...points, middle] : points;
      show([{ points: line, isClosed: mode === 'pie' || mode === 'chord' }], [{ points: filled }]);
    },
    line: (...args) => {
      if (args.length === 4) show([{ points: [[args[0], args[1]], [args[2], args[3]]], isClosed: false }], []);
    },
    point: (...args) => {
      const [x, y] = args.length === 1 && typeof args[0] === 'object' && args[0] ? [args[0].x, args[0].y] : args;
      show([{ points: [[x, y]], isClosed: false }], []);
    },
    triangle: (a, b, c, d, e, f) => closed([[a, b], [c, d], [e, f]]),
    quad: (a, b, c, d, e, f, g, h) => closed([[a, b], [c, d], [e, f], [g, h]]),
  };
  return {
    draw: (name, args, now) => {
      style = now;
      if (Object.hasOwn(calls, name)) {
        if (style.fill || style.stroke) calls[name](...args);
        return undefined;
      }
      const many = {
        ...now,
        detail: DETAIL * scaleNow(),
        outlines: (kind, lines) => {
          if (kind) unsupported(`beginShape(${String(kind)}) on a 2D canvas`);
          style = now;
          show(lines);
        },
      };
      return shapes.draw(name, args, many);
    },
  };
}
