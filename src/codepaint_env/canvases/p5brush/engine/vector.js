// p5.Vector of p5 2.3.4: any number of components, with p5's own order of operations.
() => {
  'use strict';

  const smaller = (dimension, args) => {
    const result = Math.min(dimension, args.length);
    if (Array.isArray(args) && dimension !== args.length) {
      console.warn(
        `Vectors of ${dimension} and ${args.length} dimensions: the first ${result} are used, the others are left out.`,
      );
    }
    return result;
  };
  const shrink = (values, dimension) => {
    while (values.length > dimension) values.pop();
  };
  const isBad = (value) => typeof value !== 'number' || !Number.isFinite(value);

  class Vector {
    values = [];

    static friendlyErrorsDisabled() {
      return true;
    }

    constructor(...args) {
      if (typeof args[0] === 'function') {
        this.isPInst = true;
        this._fromRadians = args.shift();
        this._toRadians = args.shift();
      }
      this.values = args.some(isBad) ? [] : args;
      this.isVector = true;
    }

    _friendlyError() {}

    friendlyErrorsDisabled() {
      return true;
    }

    get dimensions() {
      return this.values.length;
    }

    get x() {
      return this.values[0] || 0;
    }

    set x(value) {
      if (this.values.length > 1) this.values[0] = value;
    }

    get y() {
      return this.values[1] || 0;
    }

    set y(value) {
      if (this.values.length > 1) this.values[1] = value;
    }

    get z() {
      return this.values[2] || 0;
    }

    set z(value) {
      if (this.values.length > 2) this.values[2] = value;
    }

    get w() {
      return this.values[3] || 0;
    }

    set w(value) {
      if (this.values.length > 3) this.values[3] = value;
    }

    getValue(index) {
      return index < this.values.length ? this.values[index] : undefined;
    }

    setValue(index, value) {
      if (index < this.values.length) this.values[index] = value;
    }

    toString() {
      return `vector[${this.values.join(', ')}]`;
    }

    set(...args) {
      if (args[0] instanceof Vector) this.values = args[0].values.slice();
      else this.values = (Array.isArray(args[0]) ? args[0] : args).map((arg) => arg || 0);
      return this;
    }

    copy() {
      return this.isPInst
        ? new Vector(this._fromRadians, this._toRadians, ...this.values)
        : new Vector(...this.values);
    }

    add(args) {
      shrink(this.values, smaller(this.dimensions, args));
      for (let i = 0; i < this.values.length; i++) this.values[i] += args[i];
      return this;
    }

    rem(args) {
      shrink(this.values, smaller(this.dimensions, args));
      for (let i = 0; i < this.values.length; i++) {
        const divisor = Array.isArray(args) ? args[i] : args;
        if (divisor > 0) this.values[i] = this.values[i] % divisor;
      }
      return this;
    }

    sub(args) {
      shrink(this.values, smaller(this.dimensions, args));
      for (let i = 0; i < this.values.length; i++) this.values[i] -= args[i];
      return this;
    }

    mult(args) {
      shrink(this.values, smaller(this.dimensions, args));
      for (let i = 0; i < this.values.length; i++) this.values[i] *= Array.isArray(args) ? args[i] : args;
      return this;
    }

    div(args) {
      const dimension = smaller(this.dimensions, args);
      if (Array.isArray(args)) {
        for (let i = 0; i < dimension; i++) if (typeof args[i] !== 'number' || args[i] === 0) return this;
      } else if (typeof args !== 'number' || args === 0) return this;
      shrink(this.values, dimension);
      for (let i = 0; i < this.values.length; i++) this.values[i] /= Array.isArray(args) ? args[i] : args;
      return this;
    }

    mag() {
      return Math.sqrt(this.magSq());
    }

    magSq() {
      let sum = 0;
      for (let i = 0; i < this.values.length; i++) sum += this.values[i] * this.values[i];
      return sum;
    }

    dot(...args) {
      const values = args[0] instanceof Vector ? args[0].values : args;
      const dimension = smaller(this.dimensions, values);
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += this.values[i] * values[i];
      return sum;
    }

    cross(v) {
      const x = this.y * v.z - this.z * v.y;
      const y = this.z * v.x - this.x * v.z;
      const z = this.x * v.y - this.y * v.x;
      return this.isPInst ? new Vector(this._fromRadians, this._toRadians, x, y, z) : new Vector(x, y, z);
    }

    dist(v) {
      const dimension = smaller(this.dimensions, v.values);
      let sum = 0;
      for (let i = 0; i < dimension; i++) {
        const component = this.values[i] - v.values[i];
        sum += component * component;
      }
      return Math.sqrt(sum);
    }

    normalize() {
      const length = this.mag();
      if (length !== 0) this.mult(1 / length);
      return this;
    }

    limit(max) {
      const square = this.magSq();
      if (square > max * max) this.div(Math.sqrt(square)).mult(max);
      return this;
    }

    setMag(n) {
      return this.normalize().mult(n);
    }

    heading() {
      const angle = Math.atan2(this.y, this.x);
      return this.isPInst ? this._fromRadians(angle) : angle;
    }

    // In radians whatever the angle mode, as in p5.
    setHeading(angle) {
      if (this.dimensions < 2) return this;
      const length = this.mag();
      this.x = length * Math.cos(angle);
      this.y = length * Math.sin(angle);
      return this;
    }

    rotate(angle) {
      let heading = this.heading() + angle;
      if (this.isPInst) heading = this._toRadians(heading);
      const length = this.mag();
      this.x = Math.cos(heading) * length;
      this.y = Math.sin(heading) * length;
      return this;
    }

    angleBetween(v) {
      if (this.magSq() * v.magSq() === 0) return NaN;
      const u = this.cross(v);
      const angle = Math.atan2(u.mag(), this.dot(v)) * Math.sign(u.z || 1);
      return this.isPInst ? this._fromRadians(angle) : angle;
    }

    lerp(x, y, z, amt) {
      if (x instanceof Vector) return this.lerp(x.x, x.y, x.z, y);
      this.x += (x - this.x) * amt || 0;
      this.y += (y - this.y) * amt || 0;
      this.z += (z - this.z) * amt || 0;
      return this;
    }

    slerp(v, amt) {
      if (amt === 0) return this;
      if (amt === 1) return this.set(v);
      const length = this.mag();
      const otherLength = v.mag();
      if (length * otherLength === 0) {
        this.mult(1 - amt).add(v.x * amt, v.y * amt, v.z * amt);
        return this;
      }
      const axis = this.cross(v);
      const axisLength = axis.mag();
      const theta = Math.atan2(axisLength, this.dot(v));
      if (axisLength > 0) {
        axis.x /= axisLength;
        axis.y /= axisLength;
        axis.z /= axisLength;
      } else if (theta < Math.PI * 0.5) {
        this.mult(1 - amt).add(v.x * amt, v.y * amt, v.z * amt);
        return this;
      } else if (this.z === 0 && v.z === 0) axis.set(0, 0, 1);
      else if (this.x !== 0) axis.set(this.y, -this.x, 0).normalize();
      else axis.set(1, 0, 0);
      const across = axis.cross(this);
      const factor = 1 - amt + (amt * otherLength) / length;
      const cosine = factor * Math.cos(amt * theta);
      const sine = factor * Math.sin(amt * theta);
      this.x = this.x * cosine + across.x * sine;
      this.y = this.y * cosine + across.y * sine;
      this.z = this.z * cosine + across.z * sine;
      return this;
    }

    reflect(surfaceNormal) {
      const normal = Vector.normalize(surfaceNormal);
      return this.sub(normal.mult(2 * this.dot(normal)));
    }

    array() {
      return [this.x || 0, this.y || 0, this.z || 0];
    }

    equals(...args) {
      const values = args[0] instanceof Vector ? args[0].values : Array.isArray(args[0]) ? args[0] : args;
      for (let i = 0; i < this.values.length; i++) if (this.values[i] !== (values[i] || 0)) return false;
      return true;
    }

    clampToZero() {
      for (let i = 0; i < this.values.length; i++) this.values[i] = this._clampToZero(this.values[i]);
      return this;
    }

    _clampToZero(value) {
      return Math.abs((value || 0) - 0) <= Number.EPSILON ? 0 : value;
    }

    static fromAngle(angle, length = 1) {
      return new Vector(length * Math.cos(angle), length * Math.sin(angle));
    }

    static fromAngles(theta, phi, length = 1) {
      const cosPhi = Math.cos(phi);
      const sinPhi = Math.sin(phi);
      const cosTheta = Math.cos(theta);
      const sinTheta = Math.sin(theta);
      return new Vector(length * sinTheta * sinPhi, -length * cosTheta, length * sinTheta * cosPhi);
    }

    static random2D() {
      return this.fromAngle(Math.random() * (Math.PI * 2));
    }

    static random3D() {
      const angle = Math.random() * (Math.PI * 2);
      const z = Math.random() * 2 - 1;
      const base = Math.sqrt(1 - z * z);
      return new Vector(base * Math.cos(angle), base * Math.sin(angle), z);
    }

    static rem(v1, v2) {
      return v1 instanceof Vector && v2 instanceof Vector ? v1.copy().rem(v2) : undefined;
    }

    static equals(v1, v2) {
      return (v1 instanceof Vector ? v1 : new Vector().set(v1)).equals(v2);
    }
  }

  const onCopy = (v, target) => (target ? target.set(v) : v.copy());
  for (const name of ['add', 'sub', 'mult', 'div', 'lerp', 'slerp']) {
    const amounts = name === 'lerp' || name === 'slerp' ? 2 : 1;
    Vector[name] = (v, ...args) => onCopy(v, args[amounts])[name](...args.slice(0, amounts));
  }
  for (const name of ['rotate', 'limit', 'setMag', 'reflect']) {
    Vector[name] = (v, value, target) => onCopy(v, target)[name](value);
  }
  Vector.normalize = (v, target) => onCopy(v, target).normalize();
  Vector.copy = (v) => v.copy(v);
  for (const name of ['dot', 'cross', 'dist', 'angleBetween']) Vector[name] = (v1, v2) => v1[name](v2);
  for (const name of ['mag', 'magSq', 'heading', 'array']) Vector[name] = (v) => v[name]();

  // p5 wraps these once its first sketch is made; before that they take plain lists only.
  const checked = (method, takesNumber) =>
    function (...given) {
      let args = given;
      if (args.length === 0) return this;
      if (args[0] instanceof Vector) args = args[0].values;
      else if (Array.isArray(args[0])) args = args[0];
      else if (args.length === 1 && takesNumber) args = args[0];
      if (Array.isArray(args) ? args.some(isBad) : isBad(args)) return this;
      return method.call(this, args);
    };
  let isChecked = false;
  const check = () => {
    if (isChecked) return;
    isChecked = true;
    for (const name of ['mult', 'rem', 'div', 'add', 'sub']) {
      const value = checked(Vector.prototype[name], name !== 'add' && name !== 'sub');
      Object.defineProperty(Vector.prototype, name, { value, enumerable: true, writable: true });
    }
  };

  return { Vector, check };
}
