// Runs HTMLHint over a document. Returns null if it is not loaded, or `{messages, stopped}`.
(document, rules, errors, raw) => {
  const kit = globalThis.HTMLHint;
  if (!kit) return null;
  kit.report ??= kit.Reporter.prototype.report;
  const messages = [];
  const left = { errors, raw };
  const stop = {};
  kit.Reporter.prototype.report = function (...told) {
    kit.report.apply(this, told);
    const { message, line, col, rule } = this.messages.pop();
    const wrong = rules[rule.id] === 'error' && !message.endsWith(': [ > ].');
    messages.push({ wrong, message: message.slice(0, 300), line, col, rule: rule.id });
    if (wrong && --left.errors === 0) throw stop;
    if (rule.id === 'spec-char-escape' && --left.raw === 0) throw stop;
  };
  // A comment such as <!-- htmlhint-disable --> would give it orders: in any document it is a comment like others.
  const text = document.replace(/(<!--\s*)htmlhint/gi, '$1________');
  try {
    kit.HTMLHint.verify(text, Object.fromEntries(Object.keys(rules).map((rule) => [rule, true])));
  } catch (error) {
    if (error !== stop) return { messages: [], stopped: String(error).slice(0, 200) };
    return { messages, stopped: left.raw === 0 ? 'raw' : 'errors' };
  }
  return { messages, stopped: '' };
}
