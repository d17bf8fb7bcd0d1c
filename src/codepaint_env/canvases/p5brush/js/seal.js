// Makes a page's clock, timers and random numbers repeatable and takes away what reaches out of it.
// Evaluated before any library, in the page and in every frame it makes; yields the control object.
(() => {
  'use strict';
  const { defineProperty, freeze, getPrototypeOf } = Object;
  const { apply, construct } = Reflect;
  const EPOCH_MS = 1_700_000_000_000;
  const FRAME_MS = 1000 / 60;

  const fix = (owner, name, value) => {
    if (owner) defineProperty(owner, name, { value, writable: true, configurable: true });
  };
  const fixGetter = (owner, name, get) => {
    if (owner) defineProperty(owner, name, { get, configurable: true });
  };

  // Time moves only when a timer fires, and by 1/64 ms at each reading, so that waiting loops end.
  let now = 0;
  const readClock = () => (now += 1 / 64);
  const RealDate = Date;
  const today = () => EPOCH_MS + Math.floor(readClock());
  function SealedDate(...parts) {
    if (!new.target) return new RealDate(today()).toString();
    return construct(RealDate, parts.length ? parts : [today()], new.target);
  }
  SealedDate.prototype = RealDate.prototype;
  fix(RealDate.prototype, 'constructor', SealedDate);
  fix(SealedDate, 'now', today);
  fix(SealedDate, 'parse', RealDate.parse);
  fix(SealedDate, 'UTC', RealDate.UTC);
  fix(globalThis, 'Date', SealedDate);
  fix(Performance.prototype, 'now', readClock);
  fixGetter(Performance.prototype, 'timeOrigin', () => EPOCH_MS);
  fixGetter(Performance.prototype, 'memory', () => undefined);
  for (const name of ['getEntries', 'getEntriesByName', 'getEntriesByType']) {
    fix(Performance.prototype, name, () => []);
  }
  fixGetter(Event.prototype, 'timeStamp', () => now);
  fixGetter(Document.prototype, 'lastModified', () => '11/14/2023 22:13:20');
  fixGetter(Document.prototype, 'timeline', () => null);
  fix(Element.prototype, 'animate', undefined);
  const format = Intl.DateTimeFormat.prototype;
  const realFormat = Object.getOwnPropertyDescriptor(format, 'format').get;
  fixGetter(format, 'format', function () {
    const bound = apply(realFormat, this, []);
    return (date = today()) => bound(date);
  });
  const realParts = format.formatToParts;
  fix(format, 'formatToParts', function (date = today()) {
    return apply(realParts, this, [date]);
  });

  // Mulberry32: 32 bits of state, the generator that p5.brush uses itself.
  let state = 0;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  fix(Math, 'random', () => bits() / 4294967296);
  fix(Crypto.prototype, 'getRandomValues', (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = bits() & 255;
    return array;
  });
  const hex = (count) => Array.from({ length: count }, () => (bits() & 15).toString(16)).join('');
  fix(Crypto.prototype, 'randomUUID', () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`);

  // Timers wait in one queue and fire in order of due time as soon as nothing else is left to run.
  const timers = new Map();
  let lastId = 0;
  let fired = 0;
  let limit = Infinity;
  let stopped = false;
  let pumping = false;
  let onLimit = () => {};
  const channel = new MessageChannel();
  const post = channel.port2.postMessage.bind(channel.port2);
  const pump = () => {
    if (pumping || stopped || timers.size === 0) return;
    pumping = true;
    post(0);
  };
  const fireNext = () => {
    pumping = false;
    if (stopped || timers.size === 0) return;
    if (++fired > limit) {
      stopped = true;
      onLimit();
      return;
    }
    let next;
    for (const timer of timers.values()) if (!next || timer.due < next.due) next = timer;
    now = Math.max(now, next.due);
    if (next.every === undefined) timers.delete(next.id);
    else next.due = now + next.every;
    try {
      apply(next.run, globalThis, next.args);
    } finally {
      pump();
    }
  };
  channel.port1.onmessage = fireNext;
  const addTimer = (run, due, every, args) => {
    const id = ++lastId;
    timers.set(id, { id, run, due, every, args });
    pump();
    return id;
  };
  const delay = (ms) => Math.max(1, Number(ms) || 0);
  const callable = (handler) => (typeof handler === 'function' ? handler : () => (0, eval)(String(handler)));
  const nextFrame = () => (Math.floor(now / FRAME_MS) + 1) * FRAME_MS;
  const clear = (id) => void timers.delete(id);
  fix(globalThis, 'setTimeout', (handler, ms, ...args) => addTimer(callable(handler), now + delay(ms), undefined, args));
  fix(globalThis, 'setInterval', (handler, ms, ...args) => addTimer(callable(handler), now + delay(ms), delay(ms), args));
  fix(globalThis, 'requestAnimationFrame', (handler) => {
    const due = nextFrame();
    return addTimer(handler, due, undefined, [due]);
  });
  fix(globalThis, 'requestIdleCallback', (handler) =>
    addTimer(handler, now + 1, undefined, [{ didTimeout: false, timeRemaining: () => 50 }]));
  for (const name of ['clearTimeout', 'clearInterval', 'cancelAnimationFrame', 'cancelIdleCallback']) {
    fix(globalThis, name, clear);
  }

  // A sketch may talk, but not so much that listening costs more than drawing.
  let spoken = 0;
  const shorten = (value) => (typeof value === 'string' ? value.slice(0, 300) : value);
  for (const name of Object.keys(console)) {
    const speak = console[name];
    if (typeof speak !== 'function') continue;
    fix(console, name, (...args) => {
      if (++spoken <= 100) apply(speak, console, args.slice(0, 8).map(shorten));
    });
  }

  // One drawing buffer for every machine: no multisampling, and kept until it is read.
  const getContext = HTMLCanvasElement.prototype.getContext;
  fix(HTMLCanvasElement.prototype, 'getContext', function (kind, options) {
    const sealed = String(kind).startsWith('webgl')
      ? { ...options, antialias: false, preserveDrawingBuffer: true }
      : options;
    return apply(getContext, this, [kind, sealed]);
  });

  // Textures, renderbuffers and buffers live in another process. What a page holds of them is counted by what it asks
  // for; what it deletes is given back.
  const { get, set, delete: remove } = WeakMap.prototype;
  const held = new WeakMap(); // bytes of an object's images, by object
  let heldBytes = 0;
  let mostBytes = Infinity;
  let onFull = () => {};
  const BINDINGS = {
    __proto__: null, 3553: 32873, 32879: 32874, 35866: 35869, 36161: 36007, 34962: 34964, 34963: 34965, 35345: 35368,
    35051: 35053, 35052: 35055, 36662: 36662, 36663: 36663, 35982: 35983,
  };
  for (let face = 34069; face <= 34074; face++) BINDINGS[face] = 34068;
  const isWide = (format, type) => (format === 34836 || type === 5126 ? 16 : format === 34842 || type === 5131 ? 8 : 4);
  const release = (object) => {
    const images = object ? apply(get, held, [object]) : undefined;
    if (!images) return;
    for (const image in images) heldBytes -= images[image];
    apply(remove, held, [object]);
  };
  const hold = (object, image, bytes) => {
    if (!object || !(bytes > 0)) return;
    const images = apply(get, held, [object]) ?? { __proto__: null };
    heldBytes += bytes - (images[image] ?? 0);
    images[image] = bytes;
    apply(set, held, [object, images]);
    if (heldBytes <= mostBytes) return;
    onFull();
    throw new RangeError('The program holds more textures and buffers than it may.');
  };
  const image2D = (target, level, format, ...rest) =>
    rest.length > 3
      ? [`${target} ${level}`, rest[0] * rest[1] * isWide(format, rest[4])]
      : [`${target} ${level}`, rest[2]?.width * rest[2]?.height * isWide(format, rest[1])];
  const STORED = {
    texImage2D: image2D,
    texStorage2D: (_target, _levels, format, width, height) => ['all', width * height * isWide(format)],
    texImage3D: (_target, level, format, width, height, depth, _border, _format, type) =>
      [`${level}`, width * height * depth * isWide(format, type)],
    texStorage3D: (_target, _levels, format, width, height, depth) => ['all', width * height * depth * isWide(format)],
    renderbufferStorage: (_target, format, width, height) => ['all', width * height * isWide(format)],
    renderbufferStorageMultisample: (_target, samples, format, width, height) =>
      ['all', width * height * isWide(format) * (samples > 1 ? samples : 1)],
    bufferData: (_target, data) => ['all', typeof data === 'number' ? data : data?.byteLength],
  };
  for (const Context of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    if (!Context) continue;
    const { getParameter } = Context.prototype;
    for (const name in STORED) {
      const store = Context.prototype[name];
      if (!store) continue;
      fix(Context.prototype, name, function (...args) {
        const object = apply(getParameter, this, [BINDINGS[args[0]] ?? 0]);
        const [image, bytes] = STORED[name](...args);
        hold(object, image, bytes);
        return apply(store, this, args);
      });
    }
    for (const name of ['deleteTexture', 'deleteRenderbuffer', 'deleteBuffer']) {
      const destroy = Context.prototype[name];
      fix(Context.prototype, name, function (object) {
        release(object);
        return apply(destroy, this, [object]);
      });
    }
  }

  // What reaches the network, other threads, stored data or real time.
  const removed = [
    'Worker', 'SharedWorker', 'SharedArrayBuffer', 'RTCPeerConnection', 'webkitRTCPeerConnection',
    'RTCDataChannel', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'BroadcastChannel',
    'AudioContext', 'OfflineAudioContext', 'webkitAudioContext', 'webkitOfflineAudioContext', 'MediaRecorder',
    'Notification', 'indexedDB', 'caches', 'Temporal', 'scheduler', 'PerformanceObserver', 'Animation',
    'WeakRef', 'FinalizationRegistry', // they would show when V8 collects garbage
    'FileReader', 'IdleDetector', 'ReportingObserver', 'open', 'print', 'showOpenFilePicker', 'showSaveFilePicker',
  ];
  for (const name of removed) {
    delete globalThis[name];
    if (name in globalThis) fix(globalThis, name, undefined);
  }
  for (const name of ['wait', 'waitAsync', 'notify']) delete Atomics[name];
  for (const name of ['serviceWorker', 'locks', 'storage', 'sendBeacon', 'mediaDevices', 'geolocation', 'credentials']) {
    fix(getPrototypeOf(navigator), name, undefined);
  }
  // A blob's address is random, and a file that a sketch saves goes nowhere: one empty address serves all.
  fix(URL, 'createObjectURL', () => 'data:,');

  return freeze({
    seed: (value) => void (state = value | 0),
    limitTimers: (count, tell) => {
      limit = count;
      onLimit = tell;
    },
    limitGraphics: (bytes, tell) => {
      mostBytes = bytes;
      onFull = tell;
    },
    later: (run) => {
      const hop = new MessageChannel();
      hop.port1.onmessage = () => {
        hop.port1.onmessage = () => run();
        hop.port2.postMessage(0);
      };
      hop.port2.postMessage(0);
    },
    stop: () => void (stopped = true),
  });
})()
