// What programs ask a page for without showing anything: its address, its title, listeners, measured times.
// Called with what refuses the rest; yields { document, location, timings, URLSearchParams }.
({ trap, unsupported }) => {
  const ADDRESS = 'http://sketch.codepaint.invalid/'; // as the page path calls it
  const { Proxy, String, TypeError, decodeURIComponent, encodeURIComponent } = globalThis;
  const { isArray } = Array;
  const { entries } = Object;
  const silent = () => {};

  // An object that has some properties; all others, and all that would change it, end as unsupported.
  const partly = (what, known, setters) => {
    const refusing = trap(what, {});
    return new Proxy({}, {
      __proto__: null,
      get: (_target, key) => (typeof key === 'string' && key in known ? known[key] : refusing[key]),
      set: (_target, key, value) => {
        if (typeof key === 'string' && key in setters) setters[key](value);
        else refusing[key] = value;
        return true;
      },
      has: (_target, key) => key in refusing,
      ownKeys: () => unsupported(what),
      defineProperty: () => unsupported(what),
      deleteProperty: () => unsupported(what),
      getOwnPropertyDescriptor: () => unsupported(what),
    });
  };

  const known = {
    __proto__: null, title: 'sketch', readyState: 'complete', hidden: false, visibilityState: 'visible',
    hasFocus: () => true, addEventListener: silent, removeEventListener: silent,
  };
  const document = partly('document', known, {
    __proto__: null,
    title: (value) => void (known.title = String(value)),
  });
  const location = partly('location', {
    __proto__: null, href: ADDRESS, origin: ADDRESS.slice(0, -1), protocol: 'http:', host: 'sketch.codepaint.invalid',
    hostname: 'sketch.codepaint.invalid', port: '', pathname: '/', search: '', hash: '', toString: () => ADDRESS,
  }, { __proto__: null });

  const timings = {
    mark: silent, measure: silent, clearMarks: silent, clearMeasures: silent, memory: undefined,
    getEntries: () => [], getEntriesByName: () => [], getEntriesByType: () => [],
  };
  for (const name of ['timing', 'navigation', 'eventCounts', 'toJSON']) {
    Object.defineProperty(timings, name, { get: () => unsupported(`performance.${name}`), enumerable: true });
  }

  const decode = (text) => {
    const spaced = text.replaceAll('+', ' ');
    try {
      return decodeURIComponent(spaced);
    } catch {
      return spaced;
    }
  };
  const encode = (text) =>
    encodeURIComponent(text).replaceAll('%20', '+')
      .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairsOf = (given) => {
    if (given === undefined) return [];
    if (given instanceof URLSearchParams) return [...given];
    if (isArray(given)) {
      return given.map((pair) => {
        if (!isArray(pair) || pair.length !== 2) throw new TypeError('URLSearchParams: a pair has two items');
        return [String(pair[0]), String(pair[1])];
      });
    }
    if (typeof given === 'object' && given !== null) {
      return entries(given).map(([name, value]) => [name, String(value)]);
    }
    const text = String(given);
    return (text[0] === '?' ? text.slice(1) : text).split('&').filter(Boolean).map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
  };
  class URLSearchParams {
    #pairs;
    constructor(given) {
      this.#pairs = pairsOf(given);
    }
    get size() {
      return this.#pairs.length;
    }
    get(name) {
      return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null;
    }
    getAll(name) {
      return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value);
    }
    has(name, value) {
      const isIt = (pair) => pair[0] === String(name) && (value === undefined || pair[1] === String(value));
      return this.#pairs.some(isIt);
    }
    append(name, value) {
      this.#pairs.push([String(name), String(value)]);
    }
    delete(name) {
      this.#pairs = this.#pairs.filter(([key]) => key !== String(name));
    }
    set(name, value) {
      const first = this.#pairs.findIndex(([key]) => key === String(name));
      if (first < 0) this.append(name, value);
      else {
        this.#pairs[first][1] = String(value);
        this.#pairs = this.#pairs.filter(([key], index) => index <= first || key !== String(name));
      }
    }
    sort() {
      this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    }
    forEach(visit) {
      for (const [name, value] of this.#pairs) visit(value, name, this);
    }
    * entries() {
      for (const [name, value] of this.#pairs) yield [name, value];
    }
    * keys() {
      for (const [name] of this.#pairs) yield name;
    }
    * values() {
      for (const [, value] of this.#pairs) yield value;
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    }
  }
  return { document, location, timings, URLSearchParams };
}
