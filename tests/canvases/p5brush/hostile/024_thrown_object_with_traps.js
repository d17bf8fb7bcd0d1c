// engine: program_error runtime
// page: program_error runtime
function setup() {
  {CANVAS}
  const trap = () => {
    throw new Error("trapped");
  };
  throw new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap });
}
