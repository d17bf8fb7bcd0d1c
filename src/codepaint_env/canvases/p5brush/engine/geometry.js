// Runs p5.brush without a browser: a p5 instance, a 2D context and a WebGL context that only write down what
// the library draws, as commands of the stream that raster.c reads.
// Called with p5.brush's source, a sink for the stream, the p5 state that the library looks at (the view), and what
// counts the cost of it all.
({ source, sink, colors, tip: makeTip, cost, unsupported, compiled }) => {
  const { isFinite } = Number;
  const OP = {
    PATH: 1, FILL: 2, STROKE: 3, DISC: 4, CLEAR_FILL: 5, CLEAR_BRUSH: 6, BACKGROUND: 7, BLEND: 8, POINTS: 9,
    TIP: 10, STAMPS: 11, FLAT: 12, SURFACE: 13, MASK: 14, AIM: 15, IMAGE: 16, PIXELS: 17, OVAL: 18,
  };
  const PATH_HEADER = 8;
  const AFTER_PATH = 8; // a path and the fill and stroke of it are never torn apart: the stroke needs its points

  // ---- The stream: `floats` is written here, `sink` makes room and takes what is complete.
  let floats = sink.floats;
  let used = 0;
  const room = (count) => {
    if (used + count <= floats.length) return;
    used = sink.flush(used, used, count);
    floats = sink.floats;
  };
  const put = (...values) => {
    room(values.length);
    for (let i = 0; i < values.length; i++) floats[used++] = values[i];
  };
  const putAll = (values, count) => {
    floats.set(values.length === count ? values : values.subarray(0, count), used);
    used += count;
  };

  // ---- What is drawn on: the canvas and, where a program makes more, further surfaces, each with masks of its own.
  // A stream for the canvas alone holds none of these commands.
  const CANVAS = { id: 0, width: 0, height: 0, isFramebuffer: false, fill: 0, brush: 1, opaque: false };
  let surfaces = 1;
  let masks = 2;
  let aimed = [0, 0, 1];
  let several = false; // once another surface was made
  const CANVAS_MASKS = { fill: 0, brush: 1 };
  const MOST_SURFACES = 100;
  const MOST_BYTES = 60 << 20; // a little less than raster.c has
  let bytes = 0;
  const spend = (more) => {
    bytes += more + 16;
    if (bytes > MOST_BYTES || surfaces >= MOST_SURFACES || masks >= MOST_SURFACES) {
      sink.overwork('The program makes more buffers than are drawn.');
    }
  };
  const aim = (surface, fill = surface.fill, brush = surface.brush) => {
    if (!several || (aimed[0] === surface.id && aimed[1] === fill && aimed[2] === brush)) return;
    aimed = [surface.id, fill, brush];
    put(OP.AIM, ...aimed);
  };
  // A mask belongs to whom it was made for. The library makes new ones where the size of what it paints on changes:
  // of the same size they are the ones from before, emptied.
  const maskOf = (holder, kind, owner, surface) => {
    const { width, height } = holder;
    const isOther = width !== surface.width || height !== surface.height;
    if (several && isOther) unsupported('painting on another surface than brush.load() was told');
    if (holder.mask === undefined) {
      const size = `${kind} ${width} ${height}`;
      const before = owner.masks.get(size);
      const isFirst = owner === instance && width === CANVAS.width && height === CANVAS.height;
      if (before === undefined && !isFirst) {
        spend((width + 16) * height);
        put(OP.MASK, masks, width, height);
      }
      holder.mask = before ?? (isFirst ? CANVAS_MASKS[kind] : masks++);
      owner.masks.set(size, holder.mask);
      if (several && before !== undefined) {
        surface[kind] = before;
        aim(surface);
        put(kind === 'fill' ? OP.CLEAR_FILL : OP.CLEAR_BRUSH);
      }
    }
    if (several) {
      surface[kind] = holder.mask;
      aim(surface);
    }
  };
  // What the library paints on now: a framebuffer that is drawn to comes before what it has loaded.
  const paintedOn = () => active ?? loaded.surface;
  const aimFill = (canvas) => {
    if (several || canvas.mask === undefined) maskOf(canvas, 'fill', loaded.owner, paintedOn());
  };
  const aimBrush = (holder) => {
    if (several || holder.mask === undefined) maskOf(holder, 'brush', holder.owner, paintedOn());
  };

  // ---- The 2D context that p5.brush fills its polygons into. Paths go straight into the stream.
  const alphaOf = (style) => {
    const slash = style.indexOf('/');
    if (slash < 0) return 1;
    const value = parseFloat(style.slice(slash + 1)) / (style.includes('%') ? 100 : 1);
    return value < 0 ? 0 : value > 1 ? 1 : value;
  };
  const IDENTITY = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
  class Context2D {
    constructor(canvas) {
      this.canvas = canvas;
      this.state = { matrix: IDENTITY, fill: 1, stroke: 1, width: 1, mode: 'source-over' };
      this.stack = [];
      this.start = -1; // where the path begins in the stream; -1 while there is none
      this.written = false;
      this.isDisc = false;
      this.x = this.y = this.radius = 0;
      this.extent = null;
    }
    save() {
      this.stack.push({ ...this.state });
    }
    restore() {
      this.state = this.stack.pop() ?? this.state;
    }
    setTransform(a, b, c, d, e, f) {
      this.state.matrix = { a, b, c, d, e, f };
    }
    getTransform() {
      return this.state.matrix;
    }
    // As a browser does, a value that is not valid changes nothing.
    set fillStyle(style) {
      const alpha = alphaOf(style);
      if (isFinite(alpha)) this.state.fill = alpha;
    }
    set strokeStyle(style) {
      const alpha = alphaOf(style);
      if (isFinite(alpha)) this.state.stroke = alpha;
    }
    set lineWidth(width) {
      if (width > 0 && isFinite(width)) this.state.width = width;
    }
    get lineWidth() {
      return this.state.width;
    }
    set globalCompositeOperation(mode) {
      this.state.mode = mode;
    }
    beginPath() {
      if (this.start >= 0 && !this.written) used = this.start;
      this.start = -1;
      this.written = false;
      this.isDisc = false;
    }
    moveTo(x, y) {
      aimFill(this.canvas);
      room(PATH_HEADER + 2 + AFTER_PATH);
      this.start = used;
      used += PATH_HEADER;
      floats[used++] = x;
      floats[used++] = y;
    }
    lineTo(x, y) {
      if (used + 2 + AFTER_PATH > floats.length) this.makeRoom();
      floats[used++] = x;
      floats[used++] = y;
    }
    makeRoom() {
      const points = used - this.start;
      used = sink.flush(this.start, used, points + 2 + AFTER_PATH);
      this.start = used - points;
      floats = sink.floats;
    }
    closePath() {}
    arc(x, y, radius) {
      if (this.start >= 0) used = this.start;
      this.start = -1;
      this.isDisc = true;
      this.x = x;
      this.y = y;
      this.radius = radius;
    }
    finish() {
      if (this.written) return;
      this.written = true;
      const { a, b, c, d, e, f } = this.state.matrix;
      const points = (used - this.start - PATH_HEADER) / 2;
      floats.set([OP.PATH, points, a, b, c, d, e, f], this.start);
      this.points = points;
      this.extent = cost.path(floats, this.start + PATH_HEADER, points, this.state.matrix);
    }
    fill() {
      if (this.isDisc) {
        this.fillDisc();
      } else if (this.start >= 0) {
        this.finish();
        cost.fill(this.extent);
        put(OP.FILL, this.state.fill);
      }
    }
    fillDisc() { // a heavy sketch has some 100,000: no list of values is made
      aimFill(this.canvas);
      room(12);
      const { matrix } = this.state;
      cost.disc(this.x, this.y, this.radius, matrix);
      floats[used] = OP.DISC;
      floats[used + 1] = this.state.mode === 'destination-out' ? 1 : 0;
      floats[used + 2] = this.state.fill;
      floats[used + 3] = this.x;
      floats[used + 4] = this.y;
      floats[used + 5] = this.radius;
      floats[used + 6] = matrix.a;
      floats[used + 7] = matrix.b;
      floats[used + 8] = matrix.c;
      floats[used + 9] = matrix.d;
      floats[used + 10] = matrix.e;
      floats[used + 11] = matrix.f;
      used += 12;
    }
    stroke() {
      if (this.start < 0) return;
      this.finish();
      cost.stroke(this.extent, this.points, this.state.width);
      put(OP.STROKE, this.state.stroke, this.state.width);
    }
    clearRect() {
      if (this.canvas !== loaded.owner.mask) return;
      aimFill(this.canvas);
      put(OP.CLEAR_FILL);
    }
    drawImage(source) {
      uploaded = source;
    }
  }
  class OffscreenCanvas {
    constructor(width, height) {
      this.width = width;
      this.height = height;
      this.context = null;
    }
    getContext() {
      return (this.context ??= new Context2D(this));
    }
  }

  let uploaded = null; // the mask of fills that the library hands to its shader

  // What writes commands elsewhere, where C has taken over.
  compiled?.write({
    get used() { return used; },
    set used(count) { used = count; },
    get capacity() { return floats.length; },
    room, aimFill,
  });

  // ---- The WebGL context: of all calls only the data of points and stamps and the scissor box matter.
  const makeGL = (owner) => {
    const nothing = () => null;
    let data = null;
    let texture = null;
    const gl = {
      scissorOn: false,
      blending: 'p5',
      box: null,
      enable: (what) => void (what === 'SCISSOR_TEST' && (gl.scissorOn = true)),
      disable: (what) => void (what === 'SCISSOR_TEST' && (gl.scissorOn = false)),
      scissor: (...box) => void (gl.box = box),
      blendFunc: (source) => void (gl.blending = source === 'ONE_MINUS_DST_ALPHA' ? 'brush' : 'p5'),
      bindFramebuffer: (_target, bound) => void (bound && (gl.bound = bound)),
      bufferData: (_target, values) => void (typeof values === 'object' && (data = values)),
      bufferSubData: (_target, _offset, values) => void (data = values),
      createTexture: () => ({ tip: null }),
      bindTexture: (_target, bound) => void (bound && (texture = bound)),
      texImage2D: (...args) => void (texture.tip = args[args.length - 1].tip),
      drawArrays: (mode, _first, count) => {
        if (mode !== 'POINTS') return;
        cost.points(data, count);
        aimBrush(gl.bound);
        room(2 + 4 * count);
        put(OP.POINTS, count);
        putAll(data, 4 * count);
      },
      drawArraysInstanced: (_mode, _first, _vertices, count) => {
        const tip = texture.tip.write();
        cost.stamps(data, count);
        aimBrush(gl.bound);
        room(3 + 5 * count);
        put(OP.STAMPS, tip, count);
        putAll(data, 5 * count);
      },
      isContextLost: () => false,
      isEnabled: () => false,
      getParameter: (name) => (name === 'VIEWPORT' ? [0, 0, owner.width, owner.height] : null),
    };
    const silent =
      'useProgram vertexAttribPointer vertexAttribDivisor enableVertexAttribArray getUniformLocation ' +
      'getAttribLocation blendEquation activeTexture viewport bindBuffer uniform1i uniform1f uniform3f ' +
      'uniform4f uniformMatrix4fv deleteTexture deleteBuffer deleteVertexArray deleteProgram deleteFramebuffer ' +
      'createVertexArray createBuffer createShader createProgram createFramebuffer shaderSource compileShader ' +
      'attachShader linkProgram texParameteri texSubImage2D blitFramebuffer framebufferTexture2D clearColor clear ' +
      'bindVertexArray';
    for (const name of silent.split(' ')) gl[name] = nothing;
    const constants =
      'TEXTURE_2D FRAMEBUFFER DEPTH_TEST ARRAY_BUFFER FLOAT ONE TEXTURE0 TEXTURE1 RGBA LINEAR DYNAMIC_DRAW ' +
      'STATIC_DRAW CLAMP_TO_EDGE BLEND UNSIGNED_BYTE SCISSOR_TEST ONE_MINUS_SRC_ALPHA ONE_MINUS_DST_ALPHA FUNC_ADD ' +
      'COLOR_BUFFER_BIT DEPTH_BUFFER_BIT TRIANGLE_STRIP TRIANGLES POINTS TEXTURE_WRAP_T TEXTURE_WRAP_S ' +
      'TEXTURE_MIN_FILTER TEXTURE_MAG_FILTER READ_FRAMEBUFFER DRAW_FRAMEBUFFER FRAMEBUFFER_BINDING ' +
      'READ_FRAMEBUFFER_BINDING DRAW_FRAMEBUFFER_BINDING VIEWPORT VERTEX_SHADER FRAGMENT_SHADER ' +
      'VERTEX_ARRAY_BINDING NEAREST CURRENT_PROGRAM COLOR_ATTACHMENT0';
    for (const name of constants.split(' ')) gl[name] = name;
    return gl;
  };

  // ---- The p5 instances that the library sees: the sketch, and each p5.Graphics that is handed to brush.load().
  let view = null;
  let tips = 0;
  let active = null; // the framebuffer that the sketch draws to
  const nothing = () => {};
  const hooks = { push: () => {}, pop: () => {}, randomSeed: () => {}, noiseSeed: () => {} };
  const lifecycle = {};
  // p5 sets its blend function only when it thinks that another one is set. The library's first stroke sets its own
  // and does not tell: what p5 blends until that stroke is drawn then goes beneath the opaque paper, as in a page.
  const isLost = (owner, surface) => {
    if (owner._renderer._cachedBlendMode !== 'blend') owner.drawingContext.blending = 'p5';
    owner._renderer._cachedBlendMode = 'blend';
    return surface.opaque && owner.drawingContext.blending === 'brush';
  };
  const makeInstance = (surface, seen) => {
    const uniforms = {};
    const shader = { setUniform: (name, value) => void (uniforms[name] = value) };
    const framebuffer = ({ width, height }) => {
      const target = {
        width, height, density: 1, colorTexture: {}, pixelDensity: () => 1, remove: nothing,
        begin: nothing, end: nothing, renderer: { _pInst: owner },
        draw: () => {
          if (target !== owner.glMask) return;
          aimBrush(target.framebuffer);
          put(OP.CLEAR_BRUSH);
        },
      };
      target.framebuffer = { width, height, owner, mask: undefined };
      return target;
    };
    const owner = {
      RADIANS: 'radians',
      CENTER: 'center',
      get width() { return surface.width; },
      get height() { return surface.height; },
      webglVersion: 'webgl2',
      masks: new Map(),
      _renderer: {
        viewport: nothing,
        _origViewport: {},
        _cachedBlendMode: null,
        uModelMatrix: { get mat4() { return seen().matrix; } },
        activeFramebuffer: () => (owner === instance && active ? active.face : null),
      },
      pixelDensity: () => 1,
      angleMode: () => (seen().isRadians() ? 'radians' : 'degrees'),
      color: (...args) => (args[0]?._array ? args[0] : seen().color?.(...args) ?? colors.color(...args)),
      createFramebuffer: framebuffer,
      createShader: () => shader,
      createGraphics: () => makeTip({ id: ++tips, put, TIP: OP.TIP, colors, cost, unsupported }),
      createImage: () => unsupported('brush.add() with an image'),
      push: () => owner === instance && hooks.push(),
      pop: () => owner === instance && hooks.pop(),
      // The library's full-canvas rectangle under its blend shader: the one moment when a mask reaches the picture.
      rect: () => {
        const to = (owner === instance && active) || surface;
        if (several) {
          const isBrush = uniforms.u_isBrush;
          const holder = isBrush ? uniforms.u_mask.framebuffer : uploaded;
          maskOf(holder, isBrush ? 'brush' : 'fill', owner, to);
        }
        if (isLost(owner, to)) return;
        const gl = owner.drawingContext;
        const [x, y, width, height] = gl.scissorOn ? gl.box : [0, 0, to.width, to.height];
        const [red, green, blue] = uniforms.u_color;
        const top = to.isFramebuffer ? y : to.height - y - height; // a framebuffer is drawn upside down
        const mask = uniforms.u_isBrush ? 1 : 0;
        cost.blend(mask, x, top, width, height);
        put(OP.BLEND, mask, red, green, blue, x, top, width, height);
      },
    };
    const mute = 'translate shader resetShader fill noStroke clear imageMode image';
    for (const name of mute.split(' ')) owner[name] = nothing;
    owner.drawingContext = makeGL(owner);
    return owner;
  };
  const instance = makeInstance(CANVAS, () => view);
  let loaded = { owner: instance, surface: CANVAS };
  let drawnOn = { owner: instance, surface: CANVAS }; // what p5 draws on

  // ---- The library's module state (names of dist/p5.brush.js 2.2.2), so that one evaluation, with its compiled
  // code, serves many sketches: kept as it was after loading, put back before each.
  const VARIABLES =
    'd g b M S W j $ q K wt Rt Et Mt St Pt Tt Ot Xt Ut Gt Kt te ee re ne ie oe se ae ce ue fe me de ge xe pe ye be ' +
    've we _e Ae Re Ee Me Se Pe Te Ie Fe Le De Ne He er rr nr ir or Er Mr Sr Pr Tr kr Kr Zr Jr Qr tn en rn cn ln hn ' +
    'un fn pn yn vn Wn';
  const HELD = 'pt bt le he ke Ce Be sr cr wr mn bn Hn kn Cn';
  const EXIT = 't.wiggle=Dt}';
  const names = VARIABLES.replaceAll(' ', ',');
  const opened =
    't.wiggle=Dt,t.$state={read:()=>({' + names + '}),write:v=>{({' + names + '}=v)},held:()=>({' +
    HELD.replaceAll(' ', ',') + '}),seed:r=>{d=m(r());g=m(r()+":2");f(m(r()));b=f(m(r()+":2"))}}}';
  // What it does without a command to show for it is counted where it happens.
  const COUNTED = [
    ['return()=>{e=e+1831565813|0;', 'return()=>{$cost.random();e=e+1831565813|0;'],
    ['return function(t,i){let o=0,s=0,a=0;', 'return function(t,i){$cost.noise();let o=0,s=0,a=0;'],
    ['D=t=>t<0?', 'D=t=>$cost.angle()||t<0?'],
    ['const n=e/r,i=z(-t)', 'const n=e/r,i=($cost.spend(2*n),z(-t))'],
    ['V=(t,e,r,n)=>O(', 'V=(t,e,r,n)=>$cost.spend(80)||O('],
    ['G=(t,e,r,n)=>Math', 'G=(t,e,r,n)=>$cost.spend(80)||Math'],
    ['for(const a of o){const o=t-a.x', 'for(const a of o){$cost.spend(160);const o=t-a.x'],
    ['for(let e=0;e<s;e++){const n=c&&', 'for(let e=0;e<s;e++){$cost.spend(80);const n=c&&'],
    ['n=Math.round(rr*(e?t:1)/r);', 'n=Math.round(rr*(e?t:1)/r);$cost.spend(8000+100*n);'],
    ['function It(t,e){', 'function It(t,e){$cost.spend(4*St*Pt);'],
    ['for(;d<l;){m.length=0;', 'for(;d<l;){$cost.spend(150+2*h);m.length=0;'],
    ['let u=0;for(let t=0;t<o.length;t++)', 'let u=0;$cost.spend(3*o.length);for(let t=0;t<o.length;t++)'],
    ['let t=0;for(const[e,r]of l){', 'let t=0;$cost.spend(3*l.length);for(const[e,r]of l){'],
    ['function zr(t,e,r){', 'function zr(t,e,r){$cost.spend(3*t.length);'],
    ['let r=Infinity,n=Infinity,i=-Infinity,o=-Infinity;', 'let r=Infinity,n=Infinity,i=-Infinity,o=-Infinity;$cost.spend(3*e.length);'],
  ];
  let opening = source;
  for (const [plain, counted] of [...COUNTED, [EXIT, opened], ...(compiled?.PATCHES ?? [])]) {
    if (opening.split(plain).length !== 2) throw new Error('p5.brush is not the release that is opened here');
    opening = opening.replace(plain, () => counted);
  }
  const isPlain = (value) =>
    Array.isArray(value) || value instanceof Map || (value !== null && Object.getPrototypeOf(value ?? 0) === Object.prototype);
  const copy = (value) => {
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
    if (Array.isArray(value)) return value.map(copy);
    if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, copy(held)]));
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, copy(held)]));
  };
  const refill = (target, kept) => {
    const fresh = copy(kept);
    if (Array.isArray(target)) target.splice(0, target.length, ...fresh);
    else if (target instanceof Map) {
      target.clear();
      for (const [key, value] of fresh) target.set(key, value);
    } else {
      for (const key of Object.keys(target)) if (!(key in fresh)) delete target[key];
      Object.assign(target, fresh);
    }
  };

  // ---- The library, evaluated where `window`, `p5` and `OffscreenCanvas` are ours.
  const p5 = { instance: null, registerAddon: (register) => register(p5, hooks, lifecycle) };
  const home = {};
  const scope = { p5, Image: function Image() { unsupported('brush.add() with an image'); } };
  scope.self = scope;
  // Its typed arrays are those of now: beside a program the global ones count what the program asks for.
  const ours = { self: scope, globalThis: home, p5, OffscreenCanvas, Float32Array, Float64Array, Uint8Array, $cost: cost, $fast: compiled };
  const evaluate = new Function('window', ...Object.keys(ours), opening);
  evaluate.call(home, scope, ...Object.values(ours));
  const { brush } = home;
  const state = brush.$state;
  delete brush.$state;
  // The library asks what it was given; a program's objects are known by what was made for them.
  const given = new WeakMap();
  const load = brush.load;
  brush.load = (target) => {
    const known = (typeof target === 'object' || typeof target === 'function') && given.get(target);
    load(known ? known.face : target);
    loaded = { owner: known ? known.owner : instance, surface: known ? known.surface : CANVAS };
  };
  const variables = copy(state.read());
  const held = Object.entries(state.held());
  const contents = held.map(([, value]) => copy(value));

  return {
    brush,
    fn: hooks,
    attach: (seen) => void (view = seen),
    size: (width, height) => {
      CANVAS.width = width;
      CANVAS.height = height;
      cost.size(width, height);
      if (several) unsupported('a canvas that changes its size after further surfaces were made');
      sink.size(width, height);
      floats = sink.floats;
    },
    background: (red, green, blue, alpha) => {
      const { surface } = drawnOn;
      surface.opaque = alpha === 1;
      aim(surface);
      cost.background();
      put(OP.BACKGROUND, red, green, blue, alpha);
    },
    flat: (rule, rgba, contours) => {
      const { owner, surface } = drawnOn;
      if (owner && isLost(owner, surface)) return;
      cost.flat(contours);
      let size = 7 + contours.length;
      for (const contour of contours) size += contour.length;
      aim(surface);
      room(size);
      put(OP.FLAT, surface.samples && rule === 0 ? 2 : rule, ...rgba, contours.length);
      for (const contour of contours) put(contour.length / 2);
      for (const contour of contours) {
        for (let i = 0; i < contour.length; i++) floats[used++] = contour[i];
      }
    },
    // ---- Further surfaces, for a program that runs beside the library.
    // Makes one: `kind` is webgl, framebuffer or plain (a 2D canvas or an image). `seen` tells of a p5.Graphics what
    // the view tells of the sketch; `owner` is the p5.Graphics that a framebuffer belongs to, if it is none of the
    // sketch's.
    make: (kind, width, height, seen, holder) => {
      spend(4 * width * height);
      cost.surface(width, height);
      const surface = {
        id: surfaces++, width, height, isFramebuffer: kind === 'framebuffer', fill: -1, brush: -1, opaque: false,
        samples: kind === 'framebuffer',
      };
      several = true;
      put(OP.SURFACE, surface.id, width, height);
      const made = { surface, owner: null, face: { webglVersion: 'p2d', width, height } };
      if (kind === 'webgl') made.owner = made.face = makeInstance(surface, seen);
      if (kind === 'framebuffer') {
        const owner = holder ? holder.owner : instance;
        made.owner = owner;
        made.face = surface.face = {
          width, height, density: 1, framebuffer: {}, begin: nothing, end: nothing, renderer: { _pInst: owner },
          _beforeBegin: nothing, _beforeEnd: nothing,
        };
      }
      return made;
    },
    know: (object, made) => void given.set(object, made ?? { owner: instance, surface: CANVAS, face: false }),
    // What p5 draws on from now on; without an argument the canvas.
    drawOn: (made) => void (drawnOn = made ?? { owner: instance, surface: CANVAS }),
    activate: (made) => void (active = made?.surface ?? null),
    // A surface through `map` from pixels to its own, times a premultiplied colour, into a quad.
    image: (made, smooth, rgba, map, quad) => {
      const { owner, surface } = drawnOn;
      if (owner && isLost(owner, surface)) return;
      cost.image(quad);
      aim(surface);
      put(OP.IMAGE, made ? made.surface.id : 0, smooth ? 1 : 0, ...rgba, ...map, ...quad);
    },
    oval: (rgba, radius, matrix) => {
      cost.oval(radius, matrix);
      aim(drawnOn.surface);
      put(OP.OVAL, ...rgba, radius, ...matrix);
    },
    write: (made, x, y, width, height, words) => {
      cost.write(words.length);
      room(6 + words.length);
      put(OP.PIXELS, made ? made.surface.id : 0, x, y, width, height);
      new Uint32Array(floats.buffer, floats.byteOffset + 4 * used, words.length).set(words);
      used += words.length;
    },
    // Reads pixels as the stream leaves them.
    read: (made, x, y, width, height) => {
      cost.read(width * height);
      used = sink.flush(used, used, 0);
      floats = sink.floats;
      return sink.read(made ? made.surface : CANVAS, x, y, width, height);
    },
    lifecycle: {
      presetup: () => lifecycle.presetup.call(instance),
      postsetup: () => lifecycle.postsetup.call(instance),
      predraw: () => lifecycle.predraw.call(instance),
      postdraw: () => lifecycle.postdraw.call(instance),
    },
    end: () => {
      used = sink.flush(used, used, 0);
      floats = sink.floats;
    },
    // A new sketch: library, context and all that hangs on the instance are as after loading; `random` gives the
    // four numbers that the library draws from Math.random when it is loaded.
    renew: (random) => {
      state.write(copy(variables));
      held.forEach(([, target], index) => refill(target, contents[index]));
      state.seed(random);
      compiled?.forget();
      for (const name of ['loaded', 'shaderProgram', 'glMask', 'mask', 'fillMaskFramebuffer', 'blendSourceFramebuffer']) {
        delete instance[name];
      }
      instance.drawingContext = makeGL(instance);
      instance._renderer._cachedBlendMode = null;
      instance.masks.clear();
      CANVAS.opaque = false;
      tips = 0;
      used = 0;
      floats = sink.floats;
    },
  };
}
