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
  const at = (names) => Object.fromEntries(names.map((name, index) => [name, index]));
  const D = at(DESK);
  const W = at(WASH);
  const DONE = 0, BLENDS = 1, NEEDS_ROOM = 2, REFUSED = 3;
  const MOST_GIVEN = 4096;
  const GAUSSIANS = 512;
  if (!wasm.open_geometry()) throw new RangeError('there is no memory for geometry');

  let desk, wash, given, factors;
  const look = () => { // memory that grows is another buffer
    if (desk?.length) return;
    const view = (start, count) => new Float64Array(wasm.memory.buffer, start, count);
    desk = view(wasm.desk_at(), DESK.length);
    wash = view(wasm.wash_at(), WASH.length);
    given = view(wasm.given_at(), 4 * MOST_GIVEN);
    factors = view(wasm.factors_at(), 2 * GAUSSIANS);
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
  const fill = (polygon, color, opacity, texture, largest, part, matrix, most, box) => {
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

  const PATCHES = [
    ['return()=>{$cost.random();e=', 'return(n,r)=>{if(n===$fast.KEY)return r===void 0?e:e=r;$cost.random();e='],
    ['function dn(){', 'function dn(){$fast.forget();'],
    ['let u=this.grow();const f=', 'if($fast.fill(this,t,e,r,l,h,c,Jr,[ln,hn,un,fn]))return;let u=this.grow();const f='],
    ['t.wiggle=Dt,t.$state=', 't.wiggle=Dt,$fast.meet({bt,pt,factors:mn,random:(...t)=>d(...t),spare:()=>[M?1:0,S],' +
      'setSpare:(t,e)=>{M=t;S=e},mask:()=>{const{width:t,height:e}=ft();return[t,e]}}),t.$state='],
  ];
  return {
    PATCHES,
    KEY,
    fill,
    forget: () => void (known = false),
    meet: (variables) => void (inner = variables),
    write: (stream) => void (pen = stream),
  };
}
