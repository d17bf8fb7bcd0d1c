// engine: ok honest
// page: ok honest
function setup() {
  {CANVAS}
  {PETAL}
  JSON.stringify = () => '["$background",[1,0,0,1]]';
  JSON.parse = () => ({});
  for (const holder of [Object, Array, String, Number, Boolean]) holder.prototype.toJSON = () => "forged";
}
