// Hands p5.brush's hot paths to C: what washes.c computes is what p5.brush would, number by number.
// Called with the exports of raster.wasm, the cost counter, and what writes the stream; yields the changes to
// p5.brush's text that ask here first, and what they ask. What is not covered goes on through p5.brush itself: a rule
// that looks at the program's own values alone.
({ wasm, cost, refuse }) => {
  const { isFinite } = Number;
  // As the structs Desk and Wash are laid out.
  const DESK = ('meter most covered_fill covered_brush width height seed has_spare spare used capacity need dirty left ' +
    'top right bottom mask_width mask_height a b c d e f').split(' ');
  const WASH = ('count opacity texture size_x size_y middle_x middle_y largest part strength border is_outwards scatters ' +
    'most left right top bottom dealt stroke_alpha fill_alpha line_width').split(' ');
  const STROKE = (
    'steps spacing length scale is_plot is_marker direction sine cosine x y plotted shift_x shift_y column row in_field ' +
    'wiggle field_left field_top cell columns rows wide high centre_x centre_y density zoom thickness weight scatter ' +
    'sharpness grain alpha is_custom slope rise shift warp stretch tilt low high_pressure first second third plot_length ' +
    'plot_turn parts is_curve part part_start angle gaussians points has_box left top right bottom pressure_age pressure'
  ).split(' ');
  const at = (names) => Object.fromEntries(names.map((name, index) => [name, index]));
  const D = at(DESK);
  const W = at(WASH);
  const S = at(STROKE);
  const DONE = 0, BLENDS = 1, NEEDS_ROOM = 2, REFUSED = 3;
  const MOST_GIVEN = 4096;
  const GAUSSIANS = 512;
  const MOST_STEPS = 1 << 15;
  const MOST_PARTS = 1 << 12;
  const MOST_CELLS = 1 << 18;
  if (!wasm.open_geometry()) throw new RangeError('there is no memory for geometry');

  let desk, wash, given, factors, line, plotted, pairs, cells, points;
  const look = () => { // memory that grows is another buffer
    if (desk?.length) return;
    const view = (start, count) => new Float64Array(wasm.memory.buffer, start, count);
    desk = view(wasm.desk_at(), DESK.length);
    wash = view(wasm.wash_at(), WASH.length);
    given = view(wasm.given_at(), 4 * MOST_GIVEN);
    factors = view(wasm.factors_at(), 2 * GAUSSIANS);
    line = view(wasm.stroke_at(), STROKE.length);
    plotted = view(wasm.plot_at(), 4 * (MOST_PARTS + 1));
    pairs = view(wasm.gaussians_at(), 2 * MOST_STEPS);
    cells = new Float32Array(wasm.memory.buffer, wasm.field_at(), MOST_CELLS);
    points = new Float32Array(wasm.memory.buffer, wasm.points_at(), 4 * MOST_STEPS);
  };

  let inner = null; // p5.brush's own variables
  let pen = null; // the stream
  let known = false; // whether C has p5.brush's Gaussian factors
  const KEY = {}; // who calls a random function with it reads or sets its state
  const give = () => {
    look();
    cost.give(desk);
    [desk[D.has_spare], desk[D.spare]] = inner.spare();
    desk[D.seed] = inner.random(KEY);
    desk[D.used] = pen.used;
    desk[D.capacity] = pen.capacity;
  };
  const take = () => {
    look();
    cost.take(desk);
    inner.setSpare(desk[D.has_spare] === 1, desk[D.spare]);
    inner.random(KEY, desk[D.seed]);
    pen.used = desk[D.used];
  };
  const run = (name) => {
    give();
    const why = wasm[name]();
    take();
    if (why === REFUSED) refuse();
    if (why > REFUSED) throw new RangeError('a polygon of more vertices than are drawn');
    return why;
  };

  const areNumbers = (points) => {
    for (let i = 0; i < points.length; i++) {
      if (typeof points[i].x !== 'number' || typeof points[i].y !== 'number') return false;
    }
    return true;
  };
  // gn.fill() from where it starts to draw: the polygon, the colour, its opacity and texture, the matrix. Tells whether
  // it was done.
  const layWash = (polygon, color, opacity, texture, largest, part, matrix, most, box) => {
    const { v, m, dir, midP, sizeX, sizeY } = polygon;
    const { bt, pt } = inner;
    const options = pt.fill;
    if (v.length < 3 || v.length > MOST_GIVEN || !areNumbers(v) || !isFinite(options.bleed_strength)) return false;
    for (const value of [opacity, texture, options.border_strength]) if (typeof value !== 'number') return false;
    look();
    const { ctx } = bt;
    const { state } = ctx;
    ctx.beginPath();
    pen.aimFill(ctx.canvas);
    const tables = inner.factors;
    if (!tables[0].length) wash[W.dealt] = 0;
    else if (!known) {
      wash[W.dealt] = 1;
      factors.set(tables[0]);
      factors.set(tables[1], GAUSSIANS);
    }
    const set = (values) => {
      for (const name in values) wash[W[name]] = +values[name];
    };
    set({
      count: v.length, opacity, texture, size_x: sizeX, size_y: sizeY, middle_x: midP.x, middle_y: midP.y, largest, part,
      strength: options.bleed_strength, border: options.border_strength, is_outwards: options.direction === 'out',
      scatters: !!options.scatter, most, left: box[0], top: box[1], right: box[2], bottom: box[3],
      stroke_alpha: state.stroke, fill_alpha: state.fill, line_width: state.width,
    });
    for (let i = 0; i < v.length; i++) {
      given[4 * i] = v[i].x;
      given[4 * i + 1] = v[i].y;
      given[4 * i + 2] = m[i];
      given[4 * i + 3] = dir[i] ? 1 : 0;
    }
    const [width, height] = inner.mask();
    desk[D.mask_width] = width;
    desk[D.mask_height] = height;
    for (const name of 'abcdef') desk[D[name]] = matrix[name];
    desk[D.dirty] = 0;
    run('begin_wash');
    if (!tables[0].length) {
      for (let i = 0; i < GAUSSIANS; i++) {
        tables[0][i] = factors[i];
        tables[1][i] = factors[GAUSSIANS + i];
      }
    }
    known = true;
    for (;;) {
      const why = run('go_on_with_wash');
      if (why === DONE) break;
      if (why === NEEDS_ROOM) pen.room(desk[D.need]);
      if (why !== BLENDS) continue;
      const { mask } = bt;
      if (desk[D.dirty]) {
        const [minX, minY, maxX, maxY] = [desk[D.left], desk[D.top], desk[D.right], desk[D.bottom]];
        const old = mask.dirtyRect;
        mask.dirtyRect = old ? {
          minX: Math.min(old.minX, minX), minY: Math.min(old.minY, minY),
          maxX: Math.max(old.maxX, maxX), maxY: Math.max(old.maxY, maxY),
        } : { minX, minY, maxX, maxY };
        mask.isDrawn = true;
        desk[D.dirty] = 0;
      }
      bt.blend(color, true);
    }
    ctx.restore();
    return true;
  };

  // ---- Strokes
  const curves = new WeakMap(); // the pressure curves that p5.brush makes of lists, and their numbers
  let paired = 0; // how many of p5.brush's Gaussian numbers C has
  let laid = null; // the field that it has
  const isNumber = (value) => typeof value === 'number';
  const layPlot = ({ angles, pres, segments, _cumLen: starts }) => {
    const count = segments.length;
    if (!count || count > MOST_PARTS || angles.length !== count + 1 || pres.length !== count + 1) return false;
    for (let i = 0; i <= count; i++) {
      if (!isNumber(angles[i]) || !isNumber(pres[i])) return false;
      plotted[4 * i] = angles[i];
      plotted[4 * i + 1] = pres[i];
      if (i === count) break;
      if (!isNumber(segments[i]) || !isNumber(starts[i])) return false;
      plotted[4 * i + 2] = segments[i];
      plotted[4 * i + 3] = starts[i];
    }
    return true;
  };
  const layField = (field, columns, rows) => {
    if (field === laid) return true;
    if (!field || columns * rows > MOST_CELLS || field.length !== columns) return false;
    for (const row of field) if (!(row instanceof Float32Array) || row.length !== rows) return false;
    for (let i = 0; i < columns; i++) cells.set(field[i], i * rows);
    laid = field;
    return true;
  };
  // The steps of lr(): the scale or the direction, whether it goes along a plot, the spacing and the number of steps.
  // Tells whether it was done.
  const stepAlong = (scale, isPlot, spacing, steps) => {
    const { sr, pt, er, nr, rr, or, cr, box, matrix, centre, density, zoom, size, grid } = inner.stroke();
    const { p } = sr;
    const kind = p.type;
    const isMarker = kind === 'marker';
    if (steps > MOST_STEPS || !(spacing > 0) || !isFinite(spacing) || !isNumber(scale)) return false;
    if ((kind !== 'default' && !isMarker) || cr.length > 2 * MOST_STEPS || (isPlot && !scale) || !isPlot !== !nr) return false;
    const { isActive, current, wiggle } = pt.field;
    const [cell, left, top, columns, rows] = grid;
    const parts = sr.isCustomPressure ? curves.get(p.pressure.curve) : [p.pressure.curve?.[0], p.pressure.curve?.[1], 0];
    if (!parts) return false;
    look();
    if (isPlot && !layPlot(nr)) return false;
    if (isActive && !layField(inner.field(current), columns, rows)) return false;
    const values = [
      steps, spacing, rr, scale, isPlot ? 1 : 0, isMarker ? 1 : 0, isPlot ? 0 : scale, isPlot ? 0 : sr.sin,
      isPlot ? 0 : sr.cos, er.x, er.y, er.plotted, er.mx, er.my, isActive ? er.colIdx : 0, isActive ? er.rowIdx : 0,
      isActive ? 1 : 0, isActive ? wiggle : 0, left, top, cell, columns, rows, size[0], size[1], centre[0], centre[1],
      density, zoom, pt.stroke.weight, p.weight, p.scatter, isMarker ? 0 : p.sharpness, isMarker ? 0 : p.grain, sr.alpha,
      sr.isCustomPressure ? 1 : 0, sr.a, sr.b, sr.cp, sr.ct, sr.cs, sr.ck, sr.min, sr.max, parts[0], parts[1], parts[2],
      isPlot ? nr.length : 0, isPlot ? nr.dir : 0, isPlot ? nr.segments.length : 0, isPlot && nr.type === 'curve' ? 1 : 0,
      isPlot ? nr.index : 0, isPlot ? nr.suma : 0, or, cr.length, 0, box ? 1 : 0, box ? box.minX : 0, box ? box.minY : 0,
      box ? box.maxX : 0, box ? box.maxY : 0, sr.pressureCount, 0,
    ];
    if (!values.every(isNumber) || !matrix.every(isNumber)) return false;
    for (; paired < cr.length; paired++) pairs[paired] = cr[paired];
    line.set(values);
    desk.set(matrix, D.a);
    run('run_stroke');
    for (let i = cr.length; i < line[S.gaussians]; i++) cr.push(pairs[i]);
    paired = cr.length;
    er.x = line[S.x];
    er.y = line[S.y];
    er.plotted = line[S.plotted];
    if (isActive) [er.colIdx, er.rowIdx] = [line[S.column], line[S.row]];
    if (isPlot) [nr.index, nr.suma] = [line[S.part], line[S.part_start]];
    if (steps > 0) [sr.pressureCount, sr.cachedPressure] = [line[S.pressure_age], line[S.pressure]];
    const count = line[S.points];
    const reached = line[S.has_box] ? {
      minX: line[S.left], minY: line[S.top], maxX: line[S.right], maxY: line[S.bottom],
    } : null;
    inner.left(points.subarray(0, 4 * count), count, reached, line[S.angle]);
    return true;
  };

  const shares = { fills: [0, 0], strokes: [0, 0] }; // how many went by p5.brush, and how many by C; for tests
  const counted = (name, path) => (...args) => {
    const isDone = path(...args);
    shares[name][+isDone]++;
    return isDone;
  };

  const STEPS = 'for(;cr.length<i;)cr.push(P());for(let i=0;i<n;i++)e&&(or=nr.angle(er.plotted)),hr(),' +
    'e?er.plotTo(nr,r,r,t,or):er._moveToDegrees(t,r,r);';
  const PATCHES = [
    ['return()=>{$cost.random();e=', 'return(n,r)=>{if(n===$fast.KEY)return r===void 0?e:e=r;$cost.random();e='],
    ['function dn(){', 'function dn(){$fast.forget();'],
    ['let u=this.grow();const f=', 'if($fast.fill(this,t,e,r,l,h,c,Jr,[ln,hn,un,fn]))return;let u=this.grow();const f='],
    [STEPS, `if(!$fast.stroke(t,e,r,n)){${STEPS}}`],
    ['curve:t=>t<.5?a+(c-a)*t*2:c+(l-c)*(t-.5)*2', 'curve:$fast.know(t=>t<.5?a+(c-a)*t*2:c+(l-c)*(t-.5)*2,[a,c,l])'],
    ['t.wiggle=Dt,t.$state=', 't.wiggle=Dt,$fast.meet({bt,pt,factors:mn,random:(...t)=>d(...t),spare:()=>[M?1:0,S],' +
      'setSpare:(t,e)=>{M=t;S=e},stroke:()=>({sr,pt,er,nr,rr,or,cr,box:Ee,matrix:[ue,fe,me,de,ge,xe],' +
      'centre:[pe,ye],density:ve,zoom:be,size:[W,j],grid:[Rt,Et,Mt,St,Pt]}),field:t=>Tt.get(t)?.field,' +
      'left:(t,e,r,n)=>{for(;_e+e>Ae;){Ae*=2;const t=new Float32Array(4*Ae);t.set(we);we=t}' +
      'we.set(t,4*_e);_e+=e;Ee=r;or=n},mask:()=>{const{width:t,height:e}=ft();return[t,e]}}),t.$state='],
  ];
  return {
    PATCHES,
    KEY,
    fill: counted('fills', layWash),
    stroke: counted('strokes', stepAlong),
    shares,
    know: (curve, parts) => {
      curves.set(curve, parts);
      return curve;
    },
    forget: () => {
      known = false;
      paired = 0;
    },
    meet: (variables) => void (inner = variables),
    write: (stream) => void (pen = stream),
  };
}
