// p5's own flat shapes as p5 2.3.4 draws them in WEBGL mode: which triangles it sends to the GPU for a call.
// Called with { host }; yields { draw, place, push, pop }.
//
// What draw(name, args, style) needs of the sketch API:
//   name is that of the p5 function; draw's value is what the function returns to a program if it is a
//   getter (bezierOrder, splineProperty, splineProperties, curveDetail), else undefined.
//   style.matrix       p5's model matrix, 16 numbers; the default camera is assumed
//   style.width, style.height                    of the canvas
//   style.fill, style.stroke                     [r, g, b, a] in 0..1, not premultiplied, or null
//   style.strokeWeight, style.strokeCap, style.strokeJoin, style.rectMode, style.ellipseMode   p5's values
//   style.isRadians    false under angleMode(DEGREES)
//   style.outlines     takes the lines of a shape of many vertices instead of the host, for a 2D canvas;
//   style.detail       then says how many pieces a pixel of a curve has
//   push() and pop() belong to p5's push and pop: bezierOrder, splineProperty and curveDetail are kept here.
//   INCLUDE, EXCLUDE and JOIN are symbols in p5; here a symbol so described or that word will do.
// It throws where p5 throws: a vertex before beginShape, endShape(CLOSE) without a vertex, half a curve.
(given) => {
  'use strict';
  const { host } = given;
  const { abs, atan, atan2, ceil, cos, floor, max, min, PI, round, sign, sin, sqrt, tan } = Math;
  const { isFinite } = Number;
  const TURN = 2 * PI;
  const EYE = 800; // how far p5's default camera stands from the canvas
  const NEAR = 0.1; // the clip planes, as shares of that distance
  const FAR = 10;
  const GRID = 16; // the rasteriser behind WebGL places vertices on sixteenths of a pixel
  const MAX_DETAIL = 2000;
  const BATCH = 256; // pieces in a command
  const SMALL_JOIN = 0.02; // twice its area in pixels
  const POINTS = 0, LINES = 1, TRIANGLES = 4, TRIANGLE_STRIP = 5, TRIANGLE_FAN = 6, EMPTY_PATH = 7, PATH = 8;
  const QUADS = 'quads', QUAD_STRIP = 'quad_strip';

  let style = null; // of the call being drawn

  // ---- From p5's space to device pixels.
  const project = (point) => {
    const m = style.matrix;
    const x = point[0], y = point[1], z = point[2];
    const depth = 1 - (m[2] * x + m[6] * y + m[10] * z + m[14]) / EYE;
    if (!(depth > NEAR && depth < FAR)) return { x: NaN, y: NaN, scale: NaN };
    return {
      x: style.width / 2 + (m[0] * x + m[4] * y + m[8] * z + m[12]) / depth,
      y: style.height / 2 + (m[1] * x + m[5] * y + m[9] * z + m[13]) / depth,
      scale: 1 / depth,
    };
  };
  // The direction on the canvas, one pixel long, of a direction in p5's space; NaN where there is none.
  const directionAt = (at, direction) => {
    const m = style.matrix;
    const x = direction[0], y = direction[1], z = direction[2];
    const change = (m[2] * x + m[6] * y + m[10] * z) / EYE;
    const dx = m[0] * x + m[4] * y + m[8] * z + (at.x - style.width / 2) * change;
    const dy = m[1] * x + m[5] * y + m[9] * z + (at.y - style.height / 2) * change;
    const length = sqrt(dx * dx + dy * dy);
    return { x: dx / length, y: dy / length };
  };

  // ---- Polygons for the host: flat lists of coordinates.
  // A pixel whose centre lies on an edge belongs to the shape if that is its left or its lower edge (WebGL's rows
  // run upwards). The small shift says so to a host that has another rule for ties.
  const onGrid = (x, y) => [round(x * GRID) / GRID - 2 ** -10, round(y * GRID) / GRID + 2 ** -13];
  const polygonOf = (points) => points.flatMap((point) => {
    const at = project(point);
    return onGrid(at.x, at.y);
  });
  const counterclockwise = (polygon) => {
    let area = 0;
    const end = polygon.length;
    for (let i = 0, x0 = polygon[end - 2], y0 = polygon[end - 1]; i < end; i += 2) {
      area += x0 * polygon[i + 1] - polygon[i] * y0;
      x0 = polygon[i];
      y0 = polygon[i + 1];
    }
    if (area >= 0) return polygon;
    const turned = [];
    for (let i = end - 2; i >= 0; i -= 2) turned.push(polygon[i], polygon[i + 1]);
    return turned;
  };
  const level = (value) => min(1, max(0, value));
  const premultiplied = ([r, g, b, a]) => [r, g, b, 1].map((value) => level(value) * level(a));
  const boxOf = (polygon) => {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (let i = 0; i < polygon.length; i += 2) {
      box.left = min(box.left, polygon[i]);
      box.right = max(box.right, polygon[i]);
      box.top = min(box.top, polygon[i + 1]);
      box.bottom = max(box.bottom, polygon[i + 1]);
    }
    return box;
  };
  const isFiniteBox = ({ left, right, top, bottom }) => isFinite(right - left) && isFinite(bottom - top);
  const isOnCanvas = (box) =>
    isFiniteBox(box) && box.left < style.width && box.right > 0 && box.top < style.height && box.bottom > 0;
  const fillContours = (colour, outlines) => {
    const boxes = outlines.map(boxOf);
    if (boxes.every(isFiniteBox) && boxes.some(isOnCanvas)) host.flat(0, premultiplied(colour), outlines);
  };
  // WebGL blends pieces that overlap one by one. A command fills a pixel once: it takes pieces that lie apart.
  const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
  const layersOf = (pieces) => {
    const layers = [];
    for (const piece of pieces) {
      const box = boxOf(piece);
      const layer = layers.find(({ boxes }) => boxes.every((other) => apart(box, other)));
      if (layer) {
        layer.boxes.push(box);
        layer.outlines.push(piece);
      } else {
        layers.push({ boxes: [box], outlines: [piece] });
      }
    }
    return layers.map(({ outlines }) => outlines);
  };
  const fillPieces = (colour, polygons) => {
    const pieces = polygons.filter((polygon) => isOnCanvas(boxOf(polygon))).map(counterclockwise);
    const rgba = premultiplied(colour);
    const isOpaque = level(colour[3]) === 1;
    for (let i = 0; i < pieces.length; i += BATCH) {
      const batch = pieces.slice(i, i + BATCH);
      for (const outlines of isOpaque ? [batch] : layersOf(batch)) host.flat(0, rgba, outlines);
    }
  };
  const fillByColour = (pieces) => {
    const isSame = (a, b) => a === b || a.every((value, i) => value === b[i]);
    let run = [];
    pieces.forEach(({ colour, polygon }, i) => {
      run.push(polygon);
      if (i + 1 < pieces.length && isSame(colour, pieces[i + 1].colour)) return;
      fillPieces(colour, run);
      run = [];
    });
  };

  // ---- Vertices: [x, y, z] with the colours of the moment. p5 makes a vertex with a value that is no number an
  // empty vector: it is filled at the origin and its edges are not stroked.
  let ink = { fill: null, stroke: null }; // noFill() and noStroke() inside a shape leave its colours as they are
  const vertexAt = (x, y, z = 0) => {
    const isEmpty = ![x, y, z].every((value) => typeof value === 'number' && isFinite(value));
    ink = { fill: style.fill ?? ink.fill, stroke: style.stroke ?? ink.stroke };
    return Object.assign(isEmpty ? [0, 0, 0] : [x, y, z], { isEmpty, ...ink });
  };
  const sameAs = (a, b) => a.isEmpty || (a[0] === b[0] && a[1] === b[1] && a[2] === b[2]);
  const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const lengthOf = (a) => sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
  const mix = (points, weights) => {
    const mixed = [0, 0, 0];
    points.forEach((point, i) => {
      for (let axis = 0; axis < 3; axis++) mixed[axis] += point[axis] * weights[i];
    });
    const { fill, stroke } = points[points.length - 1];
    return Object.assign(mixed, { isEmpty: false, fill, stroke });
  };
  const meanFill = (vertices) => {
    const colours = vertices.map(({ fill }) => fill);
    return [0, 1, 2, 3].map((i) => {
      const first = colours[0][i];
      if (colours.every((colour) => colour[i] === first)) return first;
      return colours.reduce((sum, colour) => sum + colour[i], 0) / colours.length;
    });
  };

  // ---- Strokes: a quad for every edge, and joins and caps that lie over the quads' ends.
  const stepsOf = (sweep, radius) => min(400, max(1, ceil(sweep * sqrt(abs(radius) / 0.03))));
  const segmentPiece = (begin, end, direction) => {
    const corners = (point, side) => {
      const at = project(point);
      const along = directionAt(at, direction);
      const reach = (side * at.scale * style.strokeWeight) / 2;
      const left = onGrid(at.x - along.y * reach, at.y + along.x * reach);
      const right = onGrid(at.x + along.y * reach, at.y - along.x * reach);
      return [...left, ...right];
    };
    return [...corners(begin, 1), ...corners(end, -1)];
  };
  const capPiece = (point, direction) => {
    const at = project(point);
    const tip = directionAt(at, direction);
    const radius = (at.scale * style.strokeWeight) / 2;
    if (style.strokeCap === 'butt' || !isFinite(tip.x) || !isFinite(radius)) return [];
    const corner = (along, across) => {
      const x = tip.x * along + tip.y * across;
      const y = tip.y * along - tip.x * across;
      return onGrid(at.x + x * radius, at.y + y * radius);
    };
    const [near, far, farAcross, nearAcross] = [corner(0, -1), corner(1, -1), corner(1, 1), corner(0, 1)];
    if (style.strokeCap === 'square') return [...near, ...far, ...farAcross, ...nearAcross];
    // A round cap is cut out of the square, and is bent as its two triangles are by the grid.
    const polygon = [];
    const steps = stepsOf(PI, radius);
    for (let i = 0; i <= steps; i++) {
      const across = (1 - cos((PI * i) / steps)) / 2;
      const along = sin((PI * i) / steps);
      const [up, over] = along > across
        ? [[near, far], [far, farAcross]] : [[nearAcross, farAcross], [near, nearAcross]];
      for (const axis of [0, 1]) {
        polygon.push(near[axis] + (up[1][axis] - up[0][axis]) * along + (over[1][axis] - over[0][axis]) * across);
      }
    }
    return polygon;
  };
  const joinPiece = (point, from, to) => {
    const at = project(point);
    const a = directionAt(at, from);
    const b = directionAt(at, to);
    const sine = a.x * b.y - a.y * b.x;
    const cosine = a.x * b.x + a.y * b.y;
    const radius = (at.scale * style.strokeWeight) / 2;
    // No join where the line turns straight back, as in p5, and none too small to hold the centre of a pixel.
    if (!(abs(sine) > 1e-7) || !(radius * radius * abs(atan2(sine, cosine)) > SMALL_JOIN)) return [];
    const outside = -sign(sine) * radius;
    const corner = (x, y) => onGrid(at.x - y * outside, at.y + x * outside);
    if (style.strokeJoin === 'bevel') return [...onGrid(at.x, at.y), ...corner(a.x, a.y), ...corner(b.x, b.y)];
    if (style.strokeJoin === 'miter') {
      // The elbow is at most three stroke weights away.
      const reach = min(1, 6 / sqrt(2 / (1 + cosine))) / (1 + cosine);
      const elbow = corner((a.x + b.x) * reach, (a.y + b.y) * reach);
      return [...onGrid(at.x, at.y), ...corner(a.x, a.y), ...elbow, ...corner(b.x, b.y)];
    }
    const polygon = onGrid(at.x, at.y);
    const start = atan2(a.x, -a.y);
    const turn = atan2(sine, cosine);
    const steps = stepsOf(abs(turn), radius);
    for (let i = 0; i <= steps; i++) {
      const angle = start + (turn * i) / steps;
      polygon.push(at.x + outside * cos(angle), at.y + outside * sin(angle));
    }
    return polygon;
  };
  // p5.Geometry._edgesToVertices: two edges are joined where one follows the other or meets a loose end.
  const strokeEdges = (vertices, edges) => {
    const pieces = [];
    const loose = new Map();
    const joined = new Set();
    let lastDirection;
    const add = (vertex, polygon) => pieces.push({ colour: vertex.stroke ?? style.stroke, polygon });
    const addJoin = (index, from, to) => {
      add(vertices[index], joinPiece(vertices[index], from, to));
      loose.delete(index);
      joined.add(index);
    };
    const endAt = (index, direction) => {
      const other = loose.get(index);
      if (other) addJoin(index, direction, other.map((value) => -value));
      else loose.set(index, direction);
    };
    edges.forEach(([first, second], i) => {
      const previous = edges[i - 1];
      const begin = vertices[first];
      const end = vertices[second];
      if (!end) throw new TypeError('The shape lacks a vertex for its last edge');
      const isPoint = first === second;
      const along = isPoint ? [0, 1, 0] : begin.isEmpty || end.isEmpty ? [0, 0, 0] : minus(end, begin);
      const length = lengthOf(along);
      const isLong = length > 0;
      const direction = isLong ? along.map((value) => value / length) : along;
      if (isLong && !isPoint) add(begin, segmentPiece(begin, end, direction));
      if (previous && previous[1] === first) {
        if (!joined.has(first)) {
          joined.add(first);
          loose.delete(first);
          if (lastDirection && isLong) {
            const [x, y, z] = direction;
            const cosine = x * lastDirection[0] + y * lastDirection[1] + z * lastDirection[2];
            if (cosine < 1 - 1e-8) addJoin(first, lastDirection, direction);
          }
        }
      } else if (isPoint) {
        add(begin, capPiece(begin, [0, -1, 0]));
        add(begin, capPiece(begin, direction));
      } else {
        if (isLong && !joined.has(first)) {
          const other = loose.get(first);
          if (other) addJoin(first, other, direction);
          else loose.set(first, direction.map((value) => -value));
        }
        if (lastDirection && !joined.has(previous[1])) {
          endAt(previous[1], lastDirection);
          lastDirection = undefined;
        }
      }
      if (i === edges.length - 1 && !joined.has(second)) endAt(second, direction);
      if (isLong) lastDirection = direction;
    });
    for (const [index, direction] of loose) add(vertices[index], capPiece(vertices[index], direction));
    if (style.stroke) fillByColour(pieces);
  };

  // ---- Shapes that p5 keeps as ready geometry.
  const shape = (outline, vertices, edges) => {
    if (style.fill && outline.length > 2) fillContours(style.fill, [polygonOf(outline)]);
    if (style.stroke && edges.length) strokeEdges(vertices, edges);
  };
  // Lays the unit square on a box: what has no width keeps its corners, and so its joins.
  const moveTo = ([x, y, w, h]) => {
    const matrix = Array.from(style.matrix);
    for (let i = 0; i < 4; i++) {
      matrix[12 + i] += matrix[i] * x + matrix[4 + i] * y;
      matrix[i] *= w;
      matrix[4 + i] *= h;
    }
    style = { ...style, matrix };
  };
  const modeAdjust = (a, b, c, d, mode) => {
    if (mode === 'corners') return [min(a, c), min(b, d), abs(c - a), abs(d - b)];
    if (mode === 'radius') return [a - abs(c), b - abs(d), 2 * abs(c), 2 * abs(d)];
    if (mode === 'center') return [a - abs(c) / 2, b - abs(d) / 2, abs(c), abs(d)];
    return [a, b, abs(c), abs(d)];
  };
  const rectangle = (args) => {
    const [a, b, c, d] = (args.length === 3 ? [...args, args[2]] : args).slice(0, 4).map(Number);
    let [x, y, w, h] = modeAdjust(a, b, c, d, style.rectMode);
    if (style.rectMode === 'corner') [w, h] = [c, d];
    if (args[4] !== undefined) {
      roundedRectangle(x, y, w, h, args);
      return;
    }
    moveTo([x, y, w, h]);
    const corners = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]];
    shape([corners[0], corners[1], corners[3], corners[2]], corners, [[0, 1], [1, 3], [3, 2], [2, 0]]);
  };
  const roundedRectangle = (x, y, w, h, args) => {
    const [left, right] = w < 0 ? [x + w, x] : [x, x + w];
    const [top, bottom] = h < 0 ? [y + h, y] : [y, y + h];
    const limit = min((right - left) / 2, (bottom - top) / 2);
    const radii = [];
    for (let i = 0; i < 4; i++) {
      radii.push(args[4 + i] === undefined ? radii[i - 1] : min(limit, Number(args[4 + i])));
    }
    const [topLeft, topRight, bottomRight, bottomLeft] = radii;
    const KAPPA = 0.5523; // p5's handle ratio of a quarter circle
    const corner = (radius, cornerX, cornerY, inX, inY, outX, outY) => {
      const near = radius - radius * KAPPA;
      const at = (nx, ny, length) => [cornerX + nx * length, cornerY + ny * length];
      if (radius === 0) {
        calls.vertex(cornerX, cornerY);
        return;
      }
      calls.vertex(...at(-inX, -inY, radius));
      calls.bezierVertex(...at(-inX, -inY, near));
      calls.bezierVertex(...at(outX, outY, near));
      calls.bezierVertex(...at(outX, outY, radius));
    };
    const order = curves.order;
    curves.order = 3;
    calls.beginShape();
    corner(topRight, right, top, 1, 0, 0, 1);
    corner(bottomRight, right, bottom, 0, 1, -1, 0);
    corner(bottomLeft, left, bottom, -1, 0, 0, -1);
    corner(topLeft, left, top, 0, -1, 1, 0);
    calls.endShape('close');
    curves.order = order;
  };
  const ellipseIn = (box, detail) => arcIn(box, 0, TURN, 'open', detail);
  const arcIn = (box, start, stop, mode, givenDetail) => {
    moveTo(box);
    const detail = min(MAX_DETAIL, Number(givenDetail) || 25);
    const isPie = mode === 'pie' || mode === undefined;
    const vertices = isPie ? [[0.5, 0.5, 0]] : [];
    const edges = [];
    for (let i = 0; i <= detail; i++) {
      const angle = ((stop - start) * i) / detail + start;
      vertices.push([0.5 + cos(angle) / 2, 0.5 + sin(angle) / 2, 0]);
      if (i < detail - 1) edges.push([i + 1, i + 2]);
    }
    const last = vertices.length - 1;
    if (mode === 'pie') edges.push([0, 1], [last - 1, last], [0, last]);
    else if (mode === 'chord') edges.push([0, 1], [0, last]);
    else if (mode === 'open') edges.push([0, 1]);
    else edges.push([last - 1, last]);
    shape(vertices, vertices, detail <= 50 && last > 0 ? edges : []);
  };
  // p5 stretches the angles so that they point where they would on a circle.
  const stretched = (angle, w, h) => {
    const turned = atan((w / h) * tan(angle));
    return angle <= PI / 2 ? turned : angle <= 1.5 * PI ? turned + PI : turned + TURN;
  };

  // ---- Shapes of many vertices: contours of primitives, each with as many vertices as its kind can hold.
  const CAPACITY = {
    anchor: 1, line: 1, spline: Infinity, [POINTS]: 1, [LINES]: 2, [TRIANGLES]: 3, [QUADS]: 4,
    [TRIANGLE_FAN]: Infinity, [TRIANGLE_STRIP]: Infinity, [QUAD_STRIP]: Infinity,
  };
  const NAMES = { line: 'vertex', bezier: 'bezierVertex', spline: 'splineVertex' };
  let curves = { order: 3, ends: 'include', tightness: 0, detail: 1 / 4 };
  const saved = [];
  let contours = [];
  const kindOf = (contour) => (contour.kind === PATH && !contour.primitives.length ? EMPTY_PATH : contour.kind);
  const word = (value) => (typeof value === 'symbol' ? value.description : value);
  const addVertex = (wanted, vertex) => {
    const contour = contours[contours.length - 1];
    if (!contour) throw new TypeError('There is no shape to add a vertex to: beginShape() was not called');
    const kind = kindOf(contour);
    const type = kind === EMPTY_PATH ? 'anchor' : kind === PATH ? wanted : kind;
    if (!(type === 'bezier' || type in CAPACITY) || (type === kind && wanted !== 'line')) {
      throw new TypeError(`${NAMES[wanted]}() cannot be used in beginShape(${String(kind)})`);
    }
    const last = contour.primitives[contour.primitives.length - 1];
    if (last && last.type === type && last.vertices.length < last.capacity) {
      last.vertices.push(vertex);
      return;
    }
    const { ends, tightness, order } = curves;
    const capacity = type === 'bezier' ? order : CAPACITY[type];
    contour.primitives.push({ type, capacity, order, ends: word(ends), tightness, vertices: [vertex] });
  };
  const close = (contour) => {
    if (!contour?.primitives.length) throw new TypeError('There is no vertex to close a shape to');
    if (contour.kind !== PATH) return;
    const { primitives } = contour;
    const anchor = primitives[0].vertices[0];
    const last = primitives[primitives.length - 1];
    if (last.type === 'spline' && primitives.length === 2) last.ends = 'join';
    else primitives.push({ type: 'line', capacity: 1, vertices: [anchor] });
  };
  const stepsFor = (points) => {
    let length = 0;
    for (let i = 1; i < points.length; i++) length += lengthOf(minus(points[i], points[i - 1]));
    return min(MAX_DETAIL, max(1, ceil(length * (style.detail ?? curves.detail)) || 1));
  };
  const cubic = (points, into) => {
    const steps = stepsFor(points);
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      const s = 1 - t;
      into.push(mix(points, [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]));
    }
  };
  const quadratic = (points, into) => {
    const steps = stepsFor(points);
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      into.push(mix(points.slice(0, 3), [(1 - t) * (1 - t), 2 * (1 - t) * t, t * t]));
    }
  };
  const spline = ({ vertices, ends, tightness }, start, followsSegment, into) => {
    const first = ends !== 'exclude' ? start : followsSegment ? vertices[1] : vertices[0];
    const last = vertices[vertices.length - 1];
    const before = ends === 'include' ? [start] : ends === 'join' ? [last] : [];
    const after = ends === 'include' ? [last] : ends === 'join' ? [start, vertices[0]] : [];
    const controls = [...before, ...(followsSegment ? [start] : []), start, ...vertices, ...after];
    const pull = (1 - tightness) / 6;
    let from = first;
    for (let i = 0; i + 3 < controls.length; i++) {
      const [a, b, c, d] = controls.slice(i, i + 4);
      cubic([from, mix([b, c, a], [1, pull, -pull]), mix([c, b, d], [1, pull, -pull]), c], into);
      from = c;
    }
    return ends === 'include' ? last : ends === 'exclude' ? vertices[vertices.length - 2] : start;
  };
  const polylineOf = ({ primitives }) => {
    const line = [];
    let end = null;
    primitives.forEach((primitive, i) => {
      const { type, vertices, order } = primitive;
      const next = primitives[i + 1];
      if (type === 'spline') {
        end = spline(primitive, end, i > 1, line);
        return;
      }
      if (type === 'bezier') {
        if (vertices.length < (order === 3 ? 3 : 2)) {
          throw new TypeError(`A curve needs ${order} calls of bezierVertex(x, y), not ${vertices.length}`);
        }
        (order === 3 ? cubic : quadratic)([end, ...vertices], line);
      } else {
        const isOverridden = type === 'anchor' && next?.type === 'spline' && next.ends === 'exclude';
        line.push(isOverridden ? next.vertices[0] : vertices[0]);
      }
      end = vertices[vertices.length - 1];
    });
    return line;
  };
  const pathEdges = (lines) => {
    const vertices = lines.flat();
    const edges = [];
    let start = 0;
    for (const line of lines) {
      for (let i = start + 1; i < start + line.length; i++) {
        edges.push([i - 1, sameAs(vertices[i], vertices[start]) ? start : i]);
      }
      start += line.length;
    }
    return edges;
  };
  // Edges and triangles, as indices, of `count` vertices of a kind.
  const facetsOf = (kind, count) => {
    const edges = [];
    const triangles = [];
    const each = (step, needed, visit) => {
      for (let i = 0; i + needed <= count; i += step) visit(i);
    };
    if (kind === LINES) each(2, 2, (i) => edges.push([i, i + 1]));
    if (kind === TRIANGLES) {
      each(3, 3, (i) => triangles.push([i, i + 1, i + 2]));
      each(3, 3, (i) => edges.push([i, i + 1], [i + 1, i + 2], [i + 2, i]));
    }
    if (kind === QUADS) {
      each(4, 3, (i) => triangles.push([i, i + 1, i + 2]));
      each(4, 4, (i) => triangles.push([i, i + 2, i + 3]));
      each(4, 4, (i) => edges.push([i, i + 1], [i + 1, i + 2], [i + 2, i + 3], [i + 3, i]));
    }
    if (kind === TRIANGLE_FAN) {
      each(1, 3, (i) => triangles.push([0, i + 1, i + 2]));
      each(1, 3, (i) => edges.push([0, i + 1], [i + 1, i + 2]));
      edges.push([0, count - 1]);
    }
    if (kind === TRIANGLE_STRIP || kind === QUAD_STRIP) each(1, 3, (i) => triangles.push([i, i + 1, i + 2]));
    if (kind === TRIANGLE_STRIP) {
      each(1, 3, (i) => edges.push([i, i + 1], [i, i + 2]));
      edges.push([max(0, count - 2), max(1, count - 1)]);
    }
    if (kind === QUAD_STRIP) {
      each(2, 3, (i) => edges.push([i, i + 1], [i + 1, i + 3], [i, i + 2]));
      const last = max(0, 2 * ceil((count - 2) / 2));
      edges.push([last, last + 1]);
    }
    return { edges, triangles };
  };
  const drawFacets = (kind, vertices) => {
    checkInk(vertices);
    const { edges, triangles } = facetsOf(kind, vertices.length);
    if (style.fill) {
      fillByColour(triangles.map((triangle) => {
        const corners = triangle.map((index) => vertices[index]);
        return { colour: meanFill(corners), polygon: polygonOf(corners) };
      }));
    }
    if (style.stroke) strokeEdges(vertices, edges);
  };
  const checkInk = (vertices) => {
    for (const ground of ['fill', 'stroke']) {
      if (style[ground] && vertices.some((vertex) => !vertex[ground])) {
        throw new TypeError(`${ground}() has to be called before the vertices it is for`);
      }
    }
  };
  const drawContours = () => {
    if (!contours.length) throw new TypeError('There is no shape to end: beginShape() was not called');
    const kind = kindOf(contours[0]);
    const isPoints = kind === POINTS;
    const given = () => contours.flatMap(({ primitives }) => primitives.flatMap(({ vertices }) => vertices));
    if (style.outlines && kind !== PATH && kind !== EMPTY_PATH) {
      style.outlines(kind === POINTS ? 'POINTS' : kind, []);
      return;
    }
    if (!isPoints && kind !== PATH) {
      drawFacets(kind, given());
      return;
    }
    const lines = isPoints
      ? given().map((vertex) => [vertex, vertex])
      : contours.filter(({ primitives }) => primitives.length).map(polylineOf);
    if (style.outlines) {
      const isClosed = (line) => line.length > 2 && line[0] === line[line.length - 1];
      style.outlines('', lines.map((line) => ({ points: line, isClosed: isClosed(line) })));
      return;
    }
    const vertices = lines.flat();
    checkInk(vertices);
    if (style.fill && !isPoints && vertices.length > 2) fillContours(meanFill(vertices), lines.map(polygonOf));
    if (style.stroke) strokeEdges(vertices, pathEdges(lines));
  };

  const SPLINE_PROPERTIES = ['ends', 'tightness'];
  const splineProperty = (key, value) => {
    if (value === undefined) return curves[key];
    if (SPLINE_PROPERTIES.includes(key)) curves[key] = value;
    return undefined;
  };
  const isUnseen = () => !style.fill && !style.stroke;

  const calls = {
    rect: (...args) => {
      if (!isUnseen()) rectangle(args);
    },
    square: (x, y, size, ...radii) => calls.rect(x, y, size, size, ...radii),
    ellipse: (x, y, w, h = w, detail) => {
      if (!isUnseen()) ellipseIn(modeAdjust(...[x, y, w, h].map(Number), style.ellipseMode), detail);
    },
    circle: (x, y, size) => calls.ellipse(x, y, size),
    arc: (x, y, w, h, start, stop, mode, detail) => {
      if (isUnseen() || start === stop) return;
      const box = modeAdjust(...[x, y, w, h].map(Number), style.ellipseMode);
      const [from, to] = [start, stop].map((angle) => {
        const radians = style.isRadians === false ? (angle * PI) / 180 : Number(angle);
        return radians - TURN * floor(radians / TURN);
      });
      if (min(abs(from - to), TURN - abs(from - to)) < 0.00001) {
        ellipseIn(box, detail);
        return;
      }
      const [begin, end] = [from, to].map((angle) => stretched(angle, box[2], box[3]));
      arcIn(box, begin, begin > end ? end + TURN : end, mode, detail);
    },
    line: (...args) => {
      if (!style.stroke || (args.length !== 4 && args.length !== 6)) return;
      const [x0, y0, z0, x1, y1, z1] = args.length === 6 ? args : [args[0], args[1], 0, args[2], args[3], 0];
      calls.beginShape(LINES);
      calls.vertex(x0, y0, z0);
      calls.vertex(x1, y1, z1);
      calls.endShape();
    },
    point: (...args) => {
      const [x, y, z] = args.length === 1 && typeof args[0] === 'object' && args[0]
        ? [args[0].x, args[0].y, args[0].z] : args;
      if (!style.stroke) return;
      calls.beginShape(POINTS);
      calls.vertex(x, y, z ?? 0);
      calls.endShape();
    },
    triangle: (...args) => {
      const [a, b, c, d, e, f] = args.map(Number);
      const corners = [[a, b, 0], [c, d, 0], [e, f, 0]];
      if (!isUnseen()) shape(corners, corners, [[0, 1], [1, 2], [2, 0]]);
    },
    quad: (...args) => {
      if (isUnseen()) return;
      const size = args.length < 12 ? 2 : 3;
      const corners = [0, 3, 2, 1].map((i) => vertexAt(...args.slice(size * i, size * i + size).map(Number)));
      if (!corners.some(({ isEmpty }) => isEmpty)) drawFacets(QUADS, corners);
    },
    bezier: (...args) => {
      if (isUnseen()) return;
      const values = args.length === 8 ? args : args.slice(0, 12);
      const size = args.length === 8 ? 2 : 3;
      curves.order = 3;
      calls.beginShape();
      for (let i = 0; i < 4; i++) {
        const position = [values[size * i], values[size * i + 1], size === 3 ? values[size * i + 2] : 0];
        if (i) calls.bezierVertex(...position);
        else calls.vertex(...position);
      }
      calls.endShape();
    },
    spline: (...args) => {
      if (isUnseen() || (args.length !== 8 && args.length !== 12)) return;
      const size = args.length / 4;
      calls.beginShape();
      for (let i = 0; i < 4; i++) calls.splineVertex(...args.slice(size * i, size * i + size));
      calls.endShape();
    },
    beginShape: (kind = PATH) => {
      ink = { fill: style.fill, stroke: style.stroke };
      contours = [{ kind, primitives: [] }];
    },
    // Four numbers are a position with a texture position, three or five are a position in space.
    vertex: (...args) => {
      const inSpace = args.length === 3 || args.length === 5;
      addVertex('line', vertexAt(args[0], args[1], inSpace ? args[2] : 0));
    },
    bezierVertex: (x, y, z) => addVertex('bezier', vertexAt(x, y, z)),
    splineVertex: (...args) => {
      const inSpace = args.length === 3 || args.length === 5;
      const known = args.length >= 2 && args.length <= 5;
      addVertex('spline', known ? vertexAt(args[0], args[1], inSpace ? args[2] : 0) : vertexAt(0, 0));
    },
    beginContour: (kind = PATH) => {
      const last = contours[contours.length - 1];
      if (last && kindOf(last) === EMPTY_PATH) contours.pop();
      contours.push({ kind, primitives: [] });
    },
    endContour: (mode) => {
      if (mode === 'close') close(contours[contours.length - 1]);
    },
    endShape: (mode) => {
      if (mode === 'close') close(contours[0]);
      drawContours();
    },
    bezierOrder: (order) => {
      if (order === undefined) return curves.order;
      curves.order = Array.isArray(order) ? order[0] : order;
      return undefined;
    },
    splineProperty,
    splineProperties: (values) => {
      if (!values) return { ends: curves.ends, tightness: curves.tightness };
      for (const key of SPLINE_PROPERTIES) splineProperty(key, values[key]);
      return undefined;
    },
    curveDetail: (detail) => {
      if (detail === undefined) return curves.detail;
      curves.detail = Number(detail);
      return undefined;
    },
  };

  return {
    draw: (name, args, now) => {
      style = now;
      return calls[name](...args);
    },
    // Where points of p5's space lie on the canvas, as a flat list of coordinates.
    place: (points, now) => {
      style = now;
      return polygonOf(points);
    },
    push: () => {
      saved.push({ ...curves });
    },
    pop: () => {
      curves = saved.pop() ?? curves;
    },
  };
}
