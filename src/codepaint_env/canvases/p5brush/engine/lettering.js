// p5's settings for text. They write nothing; what writes, and what measures letters, needs a page.
// Called with how the settings of the moment are reached; yields the functions by name, to be called on a sketch.
({ states, change, unsupported }) => {
  const LEADING = 1.275; // of the size, as p5 has it
  const setSize = (size) => {
    if (typeof size !== 'number' || !(size > 0)) unsupported(`textSize(${typeof size})`);
    change({ textSize: size });
    if (!states().leadingSet) change({ textLeading: size * LEADING });
  };
  return {
    textAlign(...args) {
      const { textAlign, textBaseline } = states();
      if (args.length === 0) return { horizontal: textAlign, vertical: textBaseline };
      let [h, v] = args;
      if (typeof h === 'object' && h !== null) {
        v = h.vertical ?? v;
        h = h.horizontal ?? h;
      }
      if (typeof h === 'string') change({ textAlign: h });
      if (typeof v === 'string') change({ textBaseline: v === 'center' ? 'middle' : v });
      return this;
    },
    textFont(...args) {
      if (args.length === 0) return states().textFont;
      const [font, size, options] = args;
      if (typeof font !== 'string' && typeof font?.data !== 'object') throw new Error('null font in textFont()');
      if (typeof font !== 'string' || /[.0-9]+(%|em|p[xt])/.test(font)) unsupported('textFont() of a font or its size');
      if (typeof size === 'object' || options) unsupported('textFont() with options');
      change({ textFont: font });
      if (size !== undefined) setSize(size);
      return this;
    },
    textSize(size) {
      if (size === undefined) return states().textSize;
      setSize(size);
      return this;
    },
    textLeading(leading) {
      if (typeof leading !== 'number') return states().textLeading;
      change({ textLeading: leading, leadingSet: true });
      return this;
    },
    textStyle(style) {
      if (style === undefined) return states().fontStyle;
      change({ fontStyle: style });
      return this;
    },
    textWeight(weight) {
      if (typeof weight !== 'number') return states().fontWeight;
      change({ fontWeight: weight });
      return undefined;
    },
    textWrap(kind) {
      if (kind !== 'WORD' && kind !== 'CHAR') return states().textWrap;
      change({ textWrap: kind });
      return this;
    },
    textDirection(direction) {
      if (direction === undefined) return states().direction;
      change({ direction });
      return this;
    },
  };
}
