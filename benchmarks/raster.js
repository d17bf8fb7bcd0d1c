// Has several builds of the rasteriser draw recorded streams by turns.
// Reads { folder, names, builds, rounds, byCommand } as JSON; writes milliseconds and pixels as JSON.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const asked = JSON.parse(readFileSync(0, 'utf8'));
const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));

const CHUNK = 1 << 20; // floats that are handed over at once, as the engine does
const read = (name) => {
  const file = readFileSync(join(asked.folder, `${name}.stream`));
  const [width, height] = new Int32Array(file.buffer, file.byteOffset, 2);
  return { width, height, floats: new Float32Array(file.buffer, file.byteOffset + 8, (file.length - 8) / 4) };
};

const cpuMs = () => process.cpuUsage().user / 1000; // what others do meanwhile does not count
const clock = asked.byCommand ? () => performance.now() : cpuMs;
// Hands so many floats to a build; yields what it answers, and the CPU milliseconds it took.
const run = (wasm, floats) => {
  const offset = wasm.buffer(floats.length); // may move the memory
  new Float32Array(wasm.memory.buffer, offset, floats.length).set(floats);
  const from = clock(), answer = wasm.run(floats.length);
  return [answer, clock() - from];
};

// Draws one stream with one build; yields milliseconds within the rasteriser.
const play = (wasm, { width, height, floats }) => {
  let spent = 0, size = CHUNK;
  wasm.begin(width, height);
  for (let at = 0; at < floats.length;) {
    const count = Math.min(size, floats.length - at), [answer, ms] = run(wasm, floats.subarray(at, at + count));
    const complete = answer ? -answer - 1 : count;
    size = complete ? CHUNK : 2 * size; // one command may be longer than a chunk
    at += complete;
    spent += ms;
  }
  return spent;
};

// Milliseconds, calls and units of work by command: each is run alone.
const NAMES = ['', 'path', 'fill', 'stroke', 'disc', 'clear', 'clear', 'background', 'blend', 'points', 'tip', 'stamps', 'flat'];
const SIZES = [0, 7, 1, 2, 11, 0, 0, 4, 8, 1, 2, 2, 6, 3, 3, 3, 20, 5, 11];
const floatsOf = (stream, at) => {
  const [kind, first, second] = stream.subarray(at, at + 3);
  if (kind === 1) return 8 + 2 * first;
  if (kind === 9) return 2 + 4 * first;
  if (kind === 10) return 3 + 8 * second;
  if (kind === 11) return 3 + 5 * second;
  if (kind === 17) return 6 + stream[at + 4] * stream[at + 5];
  if (kind !== 12) return 1 + SIZES[kind];
  const contours = stream.subarray(at + 7, at + 7 + stream[at + 6]);
  return 7 + contours.length + 2 * contours.reduce((sum, count) => sum + count, 0);
};
const playByCommand = (wasm, { width, height, floats }, spent) => {
  wasm.begin(width, height);
  for (let at = 0; at < floats.length;) {
    const count = floatsOf(floats, at), name = NAMES[floats[at]] ?? 'other';
    const before = wasm.work(), [, ms] = run(wasm, floats.subarray(at, at + count));
    const entry = spent[name] ??= { ms: 0, calls: 0, units: 0 };
    entry.ms += ms;
    entry.calls++;
    entry.units += wasm.work() - before;
    at += count;
  }
};

const pixels = (wasm, { width, height }) =>
  createHash('sha256').update(new Uint8Array(wasm.memory.buffer, wasm.pixels(), 4 * width * height)).digest('hex');

const builds = asked.builds.map((build) => new WebAssembly.Instance(new WebAssembly.Module(bytes(build))).exports);
const told = {};
for (const name of asked.names) {
  const stream = read(name);
  if (asked.byCommand) {
    told[name] = {};
    play(builds[0], stream);
    for (let round = 0; round < asked.rounds; round++) playByCommand(builds[0], stream, told[name]);
    continue;
  }
  told[name] = builds.map(() => ({ ms: [], pixels: '', work: 0 }));
  for (let round = -1; round < asked.rounds; round++) {
    builds.forEach((_, place) => {
      const at = (place + round + 1) % builds.length; // each begins in turn
      const ms = play(builds[at], stream);
      if (round >= 0) told[name][at].ms.push(ms);
    });
  }
  builds.forEach((wasm, at) => {
    told[name][at].pixels = pixels(wasm, stream);
    told[name][at].work = wasm.work();
  });
}
process.stdout.write(JSON.stringify(told));
