// Counts the bytes of buffers and typed arrays that a program asks for: V8 holds them outside its heap, unbounded.
// Called with the most of them and what is told beyond it; yields the function that puts counting constructors in
// place. What is let go is not given back: when V8 collects depends on more than the program.
({ most, refuse }) => {
  const realm = globalThis;
  const { apply, construct } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { ArrayBuffer, Proxy } = realm;
  const Typed = getPrototypeOf(realm.Uint8Array);
  const sizeOfView = getOwnPropertyDescriptor(Typed.prototype, 'byteLength').get;
  const bufferOfView = getOwnPropertyDescriptor(Typed.prototype, 'buffer').get;
  const largestOfBuffer = getOwnPropertyDescriptor(ArrayBuffer.prototype, 'maxByteLength').get;
  const fix = (owner, name, value) =>
    defineProperty(owner, name, { __proto__: null, value, writable: true, configurable: true });

  let asked = 0;
  const charge = (bytes) => {
    if ((asked += bytes) > most) refuse();
  };
  const chargeBuffer = (made) => (charge(apply(largestOfBuffer, made, [])), made);
  const chargeView = (made) => (charge(apply(sizeOfView, made, [])), made);
  // Too much at once is refused before the machine is asked whether it has so much.
  const tooMuch = (count, size) => typeof count === 'number' && count * size > most && refuse();

  const counting = (Native, size, count) => {
    const counted = new Proxy(Native, {
      __proto__: null,
      construct: (target, args, newTarget) => {
        tooMuch(args[0], size);
        return count(construct(target, args, newTarget), args[0]);
      },
    });
    fix(Native.prototype, 'constructor', counted);
    fix(realm, Native.name, counted);
  };
  const wrap = (owner, name, count) => {
    const native = owner[name];
    if (native) fix(owner, name, { [name](...args) { return count(apply(native, this, args)); } }[name]);
  };
  return () => {
    counting(ArrayBuffer, 1, chargeBuffer);
    for (const name of ['slice', 'transfer', 'transferToFixedLength']) wrap(ArrayBuffer.prototype, name, chargeBuffer);
    const NAMES =
      'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Float16Array Int32Array Uint32Array Float32Array ' +
      'Float64Array BigInt64Array BigUint64Array';
    for (const name of NAMES.split(' ')) {
      const Native = realm[name];
      if (!Native) continue;
      for (const from of ['fromBase64', 'fromHex']) wrap(Native, from, chargeView);
      counting(Native, Native.BYTES_PER_ELEMENT, (made, given) =>
        apply(bufferOfView, made, []) === given ? made : chargeView(made));
    }
    for (const name of ['toReversed', 'toSorted', 'with']) wrap(Typed.prototype, name, chargeView);
  };
}
