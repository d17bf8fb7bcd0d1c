// The untrusted isolate: puts p5's interface in place for one program and tells how it ended.
// Called with the pieces and the mode: `record` writes calls down, `inline` runs p5.brush beside the program.
({
  wasm: bytes, math, color, spaces, sketch: makeSketch, vector, numbers, lettering, page_stubs, surfaces, flat2d,
  shapes: makeShapes, record, geometry: makeGeometry, tip, buffers, cost: makeCost, source, seed, limits, mode,
}) => {
  const { stringify } = JSON;
  const { Float32Array, Uint8Array, Uint32Array } = globalThis; // a program's are counted
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const functions = math(wasm);
  Object.assign(Math, functions);
  const colors = color({ spaces }).makeColors();

  let wantsInline = false;
  let exceeded = '';
  let overworked = '';
  const inline = () => {
    wantsInline = true;
    throw new Error('this program is run again with the library beside it');
  };
  const exceed = (limit, what) => {
    exceeded ||= limit;
    overworked ||= what;
    throw new RangeError(what);
  };
  const overwork = (what) => exceed('work_limit', what);

  // The stream of an inline run is kept whole: it is drawn where the program is not.
  const sink = {
    floats: new Float32Array(1 << 16),
    used: 0,
    width: 0,
    height: 0,
    overwork,
    size: (width, height) => {
      sink.width = width;
      sink.height = height;
    },
    flush: (complete, used, need) => {
      sink.used = used;
      if (used + need > limits.floats) overwork('The picture takes more drawing than is allowed.');
      if (used + need > sink.floats.length) {
        const larger = new Float32Array(Math.min(limits.floats, 2 * (used + need)));
        larger.set(sink.floats.subarray(0, used));
        sink.floats = larger;
      }
      return used;
    },
  };

  // A program that reads pixels has the rasteriser beside it, which draws the stream up to there with half of
  // the work that is allowed. What becomes the picture is drawn once more, where the program is not.
  const CHUNK = 1 << 20;
  let drawn = -1; // floats of the stream; -1 before the first reading
  const READING = 100; // what a reading costs besides, in pixels
  let read = 0;
  let Counted = Uint8Array;
  const catchUp = () => {
    if (drawn < 0) {
      wasm.begin(sink.width, sink.height);
      drawn = 0;
    }
    let size = CHUNK;
    while (drawn < sink.used) {
      const count = Math.min(size, sink.used - drawn);
      const offset = wasm.buffer(count);
      if (!offset) overwork('The picture takes more drawing than is allowed.');
      new Uint32Array(wasm.memory.buffer, offset, count).set(new Uint32Array(sink.floats.buffer, 4 * drawn, count));
      const answer = wasm.run(count);
      if (2 * wasm.work() > limits.raster_work) overwork('The picture takes more drawing than is allowed.');
      const complete = answer ? -answer - 1 : count;
      if (!complete && count === sink.used - drawn) throw new TypeError('the stream is malformed');
      size = complete ? CHUNK : 2 * size; // one command may be longer than a chunk
      drawn += complete;
    }
  };
  sink.read = (surface, x, y, width, height) => {
    read += width * height + READING;
    if (read > limits.reads) overwork('The program reads more pixels than is allowed.');
    catchUp();
    const start = wasm.surface(surface.id);
    const pixels = new Counted(4 * width * height); // it is the program's
    for (let row = 0; row < height; row++) {
      const from = start + 4 * ((y + row) * surface.width + x);
      pixels.set(new Uint8Array(wasm.memory.buffer, from, 4 * width), 4 * row * width);
    }
    return pixels;
  };

  let geometry = null;
  const recorder = mode === 'record' ? record({ limits, inline, overwork }) : null;
  // Recording draws nothing that could be counted.
  const cost = recorder
    ? { meter: new Float64Array(1) }
    : makeCost({ refuse: () => overwork('The picture takes more drawing than is allowed.') });
  cost.start?.(limits.work ?? Infinity);
  const host = recorder ? recorder.host : {
    get brush() { return geometry.brush; },
    fn: {
      push: () => geometry.fn.push(),
      pop: () => geometry.fn.pop(),
      randomSeed: (value) => geometry.fn.randomSeed(value),
      noiseSeed: (value) => geometry.fn.noiseSeed(value),
    },
    attach: (view) => geometry.attach(view),
    size: (width, height) => geometry.size(width, height),
    background: (...rgba) => geometry.background(...rgba),
    flat: (rule, rgba, contours) => geometry.flat(rule, rgba, contours),
    surfaces: {
      make: (...args) => geometry.make(...args),
      know: (...args) => geometry.know(...args),
      drawOn: (made) => geometry.drawOn(made),
      activate: (made) => geometry.activate(made),
      image: (...args) => geometry.image(...args),
      oval: (...args) => geometry.oval(...args),
      write: (...args) => geometry.write(...args),
      read: (...args) => geometry.read(...args),
    },
    lifecycle: {
      presetup: () => geometry.lifecycle.presetup(),
      postsetup: () => geometry.lifecycle.postsetup(),
      predraw: () => geometry.lifecycle.predraw(),
      postdraw: () => geometry.lifecycle.postdraw(),
    },
  };
  // p5's own shapes, made when the first is drawn; what push() keeps of them is what they begin with.
  let made = null;
  let depth = 0;
  const ownShapes = () => {
    if (made) return made;
    made = makeShapes({ host });
    for (; depth > 0; depth--) made.push();
    return made;
  };
  const shapes = {
    draw: (name, args, now) => ownShapes().draw(name, args, now),
    place: (points, now) => ownShapes().place(points, now),
    push: () => void (made ? made.push() : depth++),
    pop: () => void (made ? made.pop() : (depth = depth && depth - 1)),
  };
  const sketch = makeSketch({
    host, colors, shapes, math: functions, vector, numbers, lettering, page_stubs, flat2d,
    surfaces: surfaces ?? recorder.surfaces, shapes_of: makeShapes, limits, seed,
  });
  let random = '';
  const reseed = (value) => {
    sketch.reseed(value);
    random = stringify([sketch.mathRandom(), sketch.mathRandom(), sketch.mathRandom(), sketch.mathRandom()]);
  };
  if (recorder) reseed(seed);
  else {
    Math.random = sketch.mathRandom;
    geometry = makeGeometry({ source, sink, colors, tip, cost, unsupported: sketch.unsupported });
  }
  sketch.install(globalThis);
  const megabytes = limits.bytes / 2 ** 20;
  const refuse = () => exceed('memory_limit', `The program asks for more than ${megabytes} MB of typed arrays.`);
  buffers({ most: limits.bytes, refuse })();
  Counted = globalThis.Uint8Array;

  const outcome = () => (wantsInline ? 'inline' : exceeded || sketch.outcome());
  return {
    // A recording isolate may be started before its program, and with it the seed, is known.
    reseed,
    start: () => sketch.start(),
    step: () => {
      const ended = sketch.step();
      return outcome() || ended;
    },
    ended: outcome,
    message: () => overworked || sketch.message(),
    // All that is told of a program's end, in one answer. No toJSON() of the program's is asked: these are strings.
    told: () =>
      `[${stringify(outcome())},${stringify(overworked || sketch.message())},${sketch.consoleJson()},${stringify(random)}]`,
    calls: () => recorder.take(),
    meter: () => cost.meter,
    // An array would have a toJSON() of the program's, which may answer with half a gigabyte.
    size: () => `[${sink.width},${sink.height}]`,
    stream: () => {
      geometry.end();
      return new Uint8Array(sink.floats.buffer, 0, 4 * sink.used);
    },
  };
}
