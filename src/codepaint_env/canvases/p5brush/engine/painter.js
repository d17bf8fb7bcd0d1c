// The trusted isolate: plays recorded calls to p5.brush and turns the stream of commands into pixels.
// Called with the bytes of raster.wasm and the other pieces; stays warm and serves one sketch after another.
({
  wasm: bytes, math, color, spaces, geometry: makeGeometry, tip, cost: makeCost, replay: makeReplay,
  compiled: makeCompiled, source, limits, plain, keeps,
}) => {
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  Object.assign(Math, math(wasm));
  const colors = color({ spaces }).makeColors();
  const pristineColors = JSON.stringify(colors.state());
  const clock = Date.now;
  const FLOATS = 1 << 20;
  const CHARACTER = 40; // of work, to read one of a list of calls and to make it a point

  let capacity = 0;
  let rasterMs = 0;
  const overwork = (what) => {
    throw new RangeError(`overwork: ${what}`);
  };
  const reserve = (count) => {
    capacity = count;
    const offset = wasm.buffer(count); // may move the memory, so before its buffer is taken
    sink.floats = new Float32Array(wasm.memory.buffer, offset, count);
  };
  const kept = keeps ? [] : null; // for tests, which look at the stream and not at the picture
  const draw = (count) => {
    if (kept) {
      kept.push(sink.floats.slice(0, count));
      return;
    }
    const start = clock();
    const answer = wasm.run(count);
    rasterMs += clock() - start;
    if (answer) throw new TypeError(`malformed stream at ${-answer - 1}`);
    if (wasm.work() > limits.work) overwork('The picture takes more drawing than is allowed.');
  };
  const sink = {
    floats: new Float32Array(0),
    size: (width, height) => {
      if (wasm.begin(width, height)) throw new RangeError(`a canvas of ${width} x ${height}`);
      reserve(FLOATS);
      sink.width = width;
      sink.height = height;
    },
    // Draws what is complete and moves the rest to the front; makes room for `need` more floats behind it.
    flush: (complete, used, need) => {
      const rest = sink.floats.slice(complete, used);
      if (complete) draw(complete);
      const wanted = Math.max(FLOATS, capacity, 2 * (rest.length + need));
      if (wanted > limits.floats) overwork('One shape has more points than are drawn.');
      if (wanted > capacity || sink.floats.length === 0) reserve(wanted);
      sink.floats.set(rest, 0);
      return rest.length;
    },
  };
  Math.random = () => 0.5; // replaced before each sketch by `renew`
  const unsupported = (what) => {
    throw new TypeError(`unsupported: ${what}`);
  };
  const refuse = () => overwork('The picture takes more drawing than is allowed.');
  const cost = makeCost({ refuse });
  const compiled = plain ? null : makeCompiled({ wasm, cost, refuse }); // tests compare the two
  const geometry = makeGeometry({ source, sink, colors, tip, cost, unsupported, compiled });
  const replay = makeReplay({ geometry, colors });

  const report = () => {
    const { width, height } = sink;
    const memory = wasm.memory.buffer.byteLength;
    return JSON.stringify({ width, height, raster_ms: rasterMs, work: wasm.work(), spent: cost.meter[0], memory });
  };
  const begin = () => {
    rasterMs = 0;
    sink.width = sink.height = 0;
    colors.restore(JSON.parse(pristineColors));
  };
  return {
    // Plays a list of at most `most.calls` drawing calls that take at most `most.work` units of work; `random` holds the
    // numbers that p5.brush takes when it loads.
    play: (calls, random, most) => {
      begin();
      const { calls: count, work } = JSON.parse(most);
      cost.start(work);
      cost.spend(CHARACTER * calls.length);
      const numbers = JSON.parse(random);
      geometry.renew(() => numbers.shift());
      replay(calls, count);
      return report();
    },
    // What the calls took so far, where they were refused.
    spent: () => cost.meter[0],
    // Where a stream of `count` floats that was made elsewhere is to be written, for `stream`.
    inbox: (count) => {
      reserve(Math.max(1, count));
      return new Uint8Array(wasm.memory.buffer, sink.floats.byteOffset, 4 * count);
    },
    size: (width, height) => {
      begin();
      sink.size(width, height);
    },
    stream: (count) => {
      draw(count);
      return report();
    },
    shares: () => JSON.stringify(compiled?.shares ?? {}),
    // The stream since it was asked for last, with one NaN for all: which one it is decides nothing.
    streamed: () => {
      const all = new Float32Array(kept.reduce((sum, { length }) => sum + length, 0));
      let used = 0;
      for (const some of kept.splice(0)) {
        all.set(some, used);
        used += some.length;
      }
      for (let i = 0; i < all.length; i++) if (all[i] !== all[i]) all[i] = NaN;
      return new Uint8Array(all.buffer);
    },
    pixels: () => new Uint8Array(wasm.memory.buffer, wasm.pixels(), 4 * sink.width * sink.height),
  };
}
