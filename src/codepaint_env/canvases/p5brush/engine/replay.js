// Checks a recorded list of calls and plays it to p5.brush in the trusted isolate.
// A list comes from a program that may have broken its recorder: every name, kind and size is checked here.
({ geometry, colors }) => {
  const { isFinite } = Number;
  const BRUSH = new Set(
    ('set pick stroke strokeWeight noStroke fill noFill fillBleed fillTexture wash noWash hatch hatchStyle noHatch mass ' +
    'noMass field noField refreshField wiggle add scaleBrushes clip noClip line flowLine rect circle arc beginShape ' +
    'vertex endShape beginStroke move endStroke spline polygon seed noiseSeed').split(' '));
  const matrix = new Float32Array(16);
  let radians = true;
  const view = { matrix, isRadians: () => radians };
  geometry.attach(view);

  const forged = () => {
    throw new TypeError('the recorded list of calls is not one');
  };
  const number = (value) => (typeof value === 'number' && isFinite(value) ? value : forged());
  const decode = (value, depth) => {
    if (typeof value === 'number') return number(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > 8) forged();
    if (Array.isArray(value)) return value.map((item) => decode(item, depth + 1));
    if (value.u === 1) return undefined;
    if (Array.isArray(value.c) && value.c.length === 4) return { _array: value.c.map(number) };
    const fields = Object.entries(value.o ?? forged());
    return Object.fromEntries(fields.map(([key, item]) => [key, decode(item, depth + 1)]));
  };
  const numbers = (args, count) => (args.length === count ? args.map(number) : forged());

  const events = {
    $size: (args) => geometry.size(...numbers(args, 2)),
    $view: (args) => {
      const [a, b, c, d, x, y, isRadians] = numbers(args, 7);
      matrix.set([a, b, 0, 0, c, d, 0, 0, 0, 0, 1, 0, x, y, 0, 1]);
      radians = isRadians === 1;
    },
    $colors: (args) => colors.restore(args[0]),
    $background: (args) => geometry.background(...numbers(args, 4)),
    $flat: ([rule, rgba, contours]) => {
      if (contours.some((contour) => contour.length % 2)) forged();
      geometry.flat(number(rule), numbers(rgba, 4), contours.map((contour) => contour.map(number)));
    },
    $push: () => geometry.fn.push(),
    $pop: () => geometry.fn.pop(),
    $randomSeed: (args) => geometry.fn.randomSeed(...decode(args, 0)),
    $noiseSeed: (args) => geometry.fn.noiseSeed(...decode(args, 0)),
    $presetup: () => geometry.lifecycle.presetup(),
    $postsetup: () => geometry.lifecycle.postsetup(),
    $predraw: () => geometry.lifecycle.predraw(),
    $postdraw: () => geometry.lifecycle.postdraw(),
  };

  return (text, most) => {
    const list = JSON.parse(text);
    if (list.length > 3 * most) forged();
    radians = true;
    matrix.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    for (const [name, args] of list) {
      if (!Array.isArray(args)) forged();
      if (BRUSH.has(name)) geometry.brush[name](...decode(args, 0));
      else if (Object.hasOwn(events, name)) events[name](args);
      else forged();
    }
    geometry.end();
  };
}
