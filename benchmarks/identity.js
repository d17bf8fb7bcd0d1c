// Draws programs with the engine's scripts in whatever V8 runs this file: Node's, or a Worker of a browser.
// The same steps as isolates.py takes through mini-racer. Yields { attempt, draw }; attempt gives null where the
// program must be run again with the library beside it, in a Worker in another one: a program spoils its realm.
({ newRealm, modules, boots, brush, limits }) => {
  const later = setTimeout; // a program's own timers take its place where realms are one
  const start = (realm, name, script = boots[name]) => {
    realm.put('$wasm', Uint8Array.from(atob(modules[name]), (byte) => byte.charCodeAt(0)).buffer);
    return realm.run(script);
  };
  let painter = null; // shared by all programs, as in a worker process
  const attempt = async (mode, program, seed) => {
    painter ??= start(newRealm(), 'painter');
    const realm = newRealm();
    const options = { mode, seed, limits, source: mode === 'inline' ? brush : '' };
    const face = start(realm, mode, boots[mode].replace('$options: null', () => JSON.stringify(options).slice(1, -1)));
    let outcome = '';
    try {
      realm.run(program);
      face('start');
      while (!outcome) {
        await new Promise((resolve) => later(resolve));
        outcome = face('step');
      }
    } catch (error) {
      outcome = 'error';
    }
    if (face('ended') === 'inline') return null;
    let told;
    if (mode === 'record') {
      const calls = face('calls');
      const [, , , random] = JSON.parse(face('told'));
      try {
        told = painter('play', calls, random, JSON.stringify(limits));
      } catch (error) {
        painter = null;
        return null;
      }
    } else {
      const [width, height] = JSON.parse(face('size'));
      const stream = face('stream');
      painter('size', width, height);
      painter('inbox', stream.length / 4).set(stream);
      told = painter('stream', stream.length / 4);
    }
    const { width, height } = JSON.parse(told);
    return { width, height, pixels: width ? painter('pixels').slice() : new Uint8Array(0) };
  };
  const draw = async (program, seed) => (await attempt('record', program, seed)) ?? attempt('inline', program, seed);
  return { attempt, draw };
}
