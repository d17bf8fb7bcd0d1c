// engine: ok honest
// page: ok honest
eval("var one = 1");
(0, eval)('function two() { createCanvas(512, 512, WEBGL); background("#fbf6ec"); }');
const three = new (Object.getPrototypeOf(function* () {}).constructor)(`{PETAL}`);
globalThis.four = () => three().next();
new Function(`globalThis.setup = async () => {
  two();
  await new Promise((done) => {
    globalThis.done = done;
    setTimeout("four(); globalThis.done()", one);
  });
}`)();
