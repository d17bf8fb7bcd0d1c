// The untrusted isolate: puts p5's interface in place for one program and tells how it ended.
// Called with the pieces and the mode: `record` writes calls down, `inline` runs p5.brush beside the program.
({
  wasm: bytes, math, color, sketch: makeSketch, vector, numbers, shapes: makeShapes, record, geometry: makeGeometry, tip,
  buffers, cost: makeCost, source, seed, limits, mode,
}) => {
  const { stringify } = JSON;
  const { Float32Array, Uint8Array } = globalThis; // a program's are counted
  const functions = math(new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports);
  Object.assign(Math, functions);
  const colors = color().makeColors();

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
    kept: 0,
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

  let geometry = null;
  const cost = makeCost({ refuse: () => overwork('The picture takes more drawing than is allowed.') });
  cost.start(limits.work ?? Infinity);
  const recorder = mode === 'record' ? record({ limits, inline, overwork }) : null;
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
    lifecycle: {
      presetup: () => geometry.lifecycle.presetup(),
      postsetup: () => geometry.lifecycle.postsetup(),
      predraw: () => geometry.lifecycle.predraw(),
      postdraw: () => geometry.lifecycle.postdraw(),
    },
  };
  const shapes = makeShapes({ host });
  const sketch = makeSketch({ host, colors, shapes, math: functions, vector, numbers, limits, seed });
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
    size: () => stringify([sink.width, sink.height]),
    stream: () => {
      geometry.end();
      return new Uint8Array(sink.floats.buffer, 0, 4 * sink.used);
    },
  };
}
