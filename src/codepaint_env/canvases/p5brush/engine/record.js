// Writes down what a program asks of p5.brush, so that the library can run where the program is not.
// What a list of calls cannot hold (functions, and values that the library gives back) asks for the program to be
// run again with the library beside it: `inline`.
({ limits, inline, overwork }) => {
  const { isArray } = Array;
  const { isFinite } = Number;
  const { getPrototypeOf, keys, defineProperty } = Object;
  const { stringify } = JSON;
  const plain = Object.prototype;
  const { Proxy } = globalThis;
  const DEPTH = 6;

  const RECORDED =
    'set pick stroke strokeWeight noStroke fill noFill fillBleed fillTexture wash noWash hatch hatchStyle noHatch mass ' +
    'noMass field noField refreshField wiggle add scaleBrushes clip noClip line flowLine rect circle arc beginShape ' +
    'vertex endShape beginStroke move endStroke spline polygon seed noiseSeed';
  const INLINE = 'wRand box listFields addField hatchArray massArray Position Plot Polygon load';

  let parts = [];
  let count = 0;
  let characters = 0;
  const add = (name, json) => {
    if (++count > limits.calls) overwork(`The program makes more than ${limits.calls} drawing calls.`);
    if ((characters += json.length) > limits.characters) overwork('The drawing calls are too long to write down.');
    parts[parts.length] = `["${name}",${json}]`;
  };

  // Numbers, strings, colours and plain lists and objects of them, as JSON that keeps undefined and colours apart.
  const encode = (value, depth) => {
    switch (typeof value) {
      case 'number':
        return isFinite(value) ? (value === 0 && 1 / value < 0 ? '-0' : '' + value) : inline();
      case 'string':
        return stringify(value);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'undefined':
        return '{"u":1}';
      case 'object':
        break;
      default:
        return inline();
    }
    if (value === null) return 'null';
    if (depth > DEPTH) return inline();
    if (isArray(value)) {
      let text = '[';
      for (let i = 0; i < value.length; i++) text += (i ? ',' : '') + encode(value[i], depth + 1);
      return text + ']';
    }
    const rgba = value._array;
    if (isArray(rgba)) return `{"c":${encode(rgba, depth + 1)}}`;
    if (getPrototypeOf(value) !== plain) return inline();
    let text = '';
    for (const key of keys(value)) text += `${text && ','}${stringify(key)}:${encode(value[key], depth + 1)}`;
    return `{"o":{${text}}}`;
  };

  let view = null;
  let seen = '';
  let seenColors = null;
  const noteView = () => {
    const m = view.matrix;
    const now = `[${m[0]},${m[1]},${m[4]},${m[5]},${m[12]},${m[13]},${view.isRadians() ? 1 : 0}]`;
    if (now !== seen) {
      seen = now;
      parts[parts.length] = `["$view",${now}]`;
    }
    const colors = view.colorState(); // the same object until it changes
    if (colors !== seenColors) {
      seenColors = colors;
      parts[parts.length] = `["$colors",[${stringify(colors)}]]`;
    }
  };

  // What a drawing call returns is rarely looked at; who looks needs the library itself.
  const token = new Proxy(function returned() {}, {
    get: inline, set: inline, has: inline, ownKeys: inline, apply: inline, construct: inline, getPrototypeOf: inline,
    getOwnPropertyDescriptor: inline, defineProperty: inline, deleteProperty: inline,
  });
  const RETURNS = new Set(['circle', 'arc', 'spline', 'polygon', 'endShape', 'clip']);

  const brush = {};
  for (const name of RECORDED.split(' ')) {
    const returns = RETURNS.has(name) ? token : undefined;
    brush[name] = (...args) => {
      view.requireWebGL();
      if (name === 'add' && args[1]?.type === 'image') inline(); // the library would load it later, unseen
      let json = '[';
      for (let i = 0; i < args.length; i++) json += (i ? ',' : '') + encode(args[i], 0);
      noteView();
      add(name, json + ']');
      return returns;
    };
  }
  for (const name of INLINE.split(' ')) {
    brush[name] = function () {
      view.requireWebGL();
      inline();
    };
  }
  brush.instance = () => {};

  const note = (name) => (...values) => {
    noteView();
    let json = '[';
    for (let i = 0; i < values.length; i++) json += (i ? ',' : '') + encode(values[i], 0);
    add(name, json + ']');
  };
  const event = (name) => () => add(name, '[]');
  return {
    host: {
      brush,
      fn: { push: event('$push'), pop: event('$pop'), randomSeed: note('$randomSeed'), noiseSeed: note('$noiseSeed') },
      attach: (seenBy) => void (view = seenBy),
      size: (width, height) => add('$size', `[${width},${height}]`),
      background: note('$background'),
      flat: (rule, rgba, contours) => add('$flat', `[${encode(rule, 0)},${encode(rgba, 0)},${encode(contours, 0)}]`),
      lifecycle: {
        presetup: event('$presetup'), postsetup: event('$postsetup'),
        predraw: event('$predraw'), postdraw: event('$postdraw'),
      },
    },
    // What a program draws elsewhere, or reads, no list of calls holds: these stand where surfaces.js does beside the
    // library.
    surfaces: () => ({
      functions: new Proxy({}, { get: () => inline }),
      pixels: inline,
      isSurface: () => false,
      classes: { Graphics: token, Framebuffer: token, Image: token },
    }),
    take: () => {
      let text = '[';
      for (let i = 0; i < parts.length; i++) text += (i ? ',\n' : '') + parts[i];
      return text + ']';
    },
    count: () => count,
  };
}
