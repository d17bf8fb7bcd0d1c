"""Every way in which a person uses a page: one that works is credited, the same page subtly dead is not."""

import pytest

# What is done -> a page that works, a text of it, and what stands in its place in the dead one.
WAYS = {
    "date": (
        r"""<label>Day <input type=date id=d></label><p id=o>none</p>
<script>d.onchange=()=>{o.textContent='You chose '+d.value}</script>""",
        "onchange",
        "onchang",
    ),
    "color": (
        r"""<label>Colour <input type=color id=d value='#ff0000'></label><p id=o>Words</p>
<script>d.oninput=()=>{o.style.color=d.value}</script>""",
        "d.oninput",
        "d.onninput",
    ),
    "multiple": (
        r"""<select multiple id=d><option>Red<option>Green<option>Blue</select><p id=o>none</p>
<script>d.onchange=()=>o.textContent=[...d.selectedOptions].map(e=>e.value).join()</script>""",
        "d.onchange",
        "d.onchoose",
    ),
    "editable": (
        r"""<div contenteditable id=d style='border:1px solid;min-height:60px'>Words here</div><p>Words: <b id=o>2</b></p>
<script>d.oninput=()=>o.textContent=d.innerText.trim().split(/\s+/).length+1</script>""",
        "d.oninput",
        "d.onput",
    ),
    "spacegame": (
        r"""<h1>Jumper</h1><p>Press SPACE to start, arrow keys to move</p><canvas id=c width=400 height=200 style='border:1px solid'></canvas>
<script>const g=c.getContext('2d');let on=false,x=20;function draw(){g.clearRect(0,0,400,200);g.fillText(on?'go':'press space',150,20);g.fillRect(x,100,20,20)}draw();document.addEventListener('keydown',e=>{if(e.code==='Space'){on=true}if(on&&e.key==='ArrowRight')x+=30;draw()})</script>""",
        "'Space'",
        "'Spacebar'",
    ),
    "wasd": (
        r"""<p>Move with WASD</p><div id=w style='position:absolute;left:140px;top:220px;width:30px;height:30px;background:red'></div>
<script>let x=140;addEventListener('keydown',e=>{if(e.key==='d')x+=40;if(e.key==='a')x-=40;w.style.left=x+'px'})</script>""",
        "w.style.left",
        "w.style.lefft",
    ),
    "press_n": (
        r"""<p>Press N for a new note</p><ul id=l></ul>
<script>document.addEventListener('keydown',e=>{if(e.key==='n'){l.insertAdjacentHTML('beforeend','<li>New note</li>')}})</script>""",
        "e.key==='n'",
        "e.keys==='n'",
    ),
    "ctrlk": (
        r"""<p>Open search with <kbd>Ctrl</kbd>+<kbd>K</kbd></p><div id=p hidden><input placeholder=Search></div>
<script>document.addEventListener('keydown',e=>{if((e.ctrlKey||e.metaKey)&&e.key.toLowerCase()==='k'){e.preventDefault();p.hidden=false}})</script>""",
        "p.hidden=false",
        "p.hiden=false",
    ),
    "dbldelegated": (
        r"""<ul id=l><li>One</li><li>Two</li><li>Three</li></ul>
<script>l.addEventListener('dblclick',e=>{const i=e.target.closest('li');if(i)i.style.background='gold',i.append(' (done)')})</script>""",
        "closest('li')",
        "closest('li.x')",
    ),
    "longpress": (
        r"""<button id=b>Hold to delete</button><p id=o>1 item</p>
<script>let t;b.onpointerdown=()=>{t=setTimeout(()=>o.textContent='deleted',600)};b.onpointerup=()=>clearTimeout(t)</script>""",
        "o.textContent",
        "o.textcontent",
    ),
    "context": (
        r"""<div id=a style='width:300px;height:150px;background:#eee'>Right click here</div><div id=m style='position:absolute;display:none'><b>Copy</b></div>
<script>a.oncontextmenu=e=>{e.preventDefault();m.style.display='block';m.style.left=e.clientX+'px';m.style.top=e.clientY+'px'}</script>""",
        "m.style.display='block'",
        "m.style.display='blok'",
    ),
    "wheelzoom": (
        r"""<div id=a style='width:300px;height:150px;background:#eee;overflow:hidden'><div id=i>Map</div></div><p id=o>100%</p>
<script>let z=1;a.addEventListener('wheel',e=>{e.preventDefault();z+=e.deltaY<0?.1:-.1;o.textContent=Math.round(z*100)+'%'},{passive:false})</script>""",
        "'wheel'",
        "'wheell'",
    ),
    "hovermenu": (
        r"""<nav id=n style='width:160px'><b>Products</b><ul id=u style='display:none'><li><button id=x>Lamps</button></li></ul></nav><p id=o>Nothing chosen</p>
<script>n.onmouseenter=()=>u.style.display='block';n.onmouseleave=()=>u.style.display='none';x.onclick=()=>o.textContent='Lamps it is'</script>""",
        "x.onclick",
        "x.onclik",
    ),
    "hovercss": (
        r"""<style>.m ul{display:none}.m:hover ul{display:block}</style>
<div class=m style='width:160px'>Products<ul><li><a href='#' id=x>Lamps</a></li></ul></div><p id=o>Nothing chosen</p>
<script>x.onclick=e=>{e.preventDefault();o.textContent='Lamps it is'}</script>""",
        "o.textContent",
        "o.textconten",
    ),
    "html5drag": (
        r"""<style>.col{float:left;width:200px;min-height:200px;border:1px solid;margin:10px}</style>
<div class=col id=a><div draggable=true id=c>Card</div></div><div class=col id=b>Done: <span id=n>0</span></div>
<script>c.ondragstart=e=>e.dataTransfer.setData('text/plain','c');b.ondragover=e=>e.preventDefault();b.ondrop=e=>{e.preventDefault();b.append(document.getElementById(e.dataTransfer.getData('text/plain')));n.textContent=1}</script>""",
        "b.ondragover=e=>e.preventDefault()",
        "b.ondragover=e=>{}",
    ),
    "pattern": (
        r"""<form id=f><label>Phone <input required pattern='\d{3}-\d{3}-\d{4}'></label><label>Code <input required pattern='[A-Z]{2}\d{4}'></label><label>Age <input type=number min=18 max=99 required></label><button>Register</button></form><p id=o></p>
<script>f.onsubmit=e=>{e.preventDefault();o.textContent='Registered'}</script>""",
        "o.textContent='Registered'",
        "q.textContent='Registered'",
    ),
    "jspattern": (
        r"""<form id=f novalidate><label>Card number <input id=a placeholder='1234 5678 9012 3456'></label><label>Expiry <input id=b placeholder='MM/YY'></label><button>Pay now</button></form><p id=o></p>
<script>f.onsubmit=e=>{e.preventDefault();if(!/^\d{4} \d{4} \d{4} \d{4}$/.test(a.value)||!/^\d\d\/\d\d$/.test(b.value)){return}o.textContent='Paid'}</script>""",
        "o.textContent='Paid'",
        "paid()",
    ),
    "debounce": (
        r"""<input id=q type=search placeholder='Search fruit'><ul id=l><li>Apple</li><li>Banana</li><li>Cherry</li></ul>
<script>let t;q.oninput=()=>{clearTimeout(t);t=setTimeout(()=>{for(const i of l.children)i.hidden=!i.textContent.toLowerCase().includes(q.value.toLowerCase())},500)}</script>""",
        "i.hidden=",
        "i.hiden=",
    ),
    "async2s": (
        r"""<button id=b>Get quote</button><p id=o>-</p>
<script>b.onclick=async()=>{o.textContent='Loading…';await new Promise(r=>setTimeout(r,2000));o.textContent='42 EUR'}</script>""",
        "o.textContent='42 EUR'",
        "o.textContent='Loading…'",
    ),
    "stars": (
        r"""<style>input{position:absolute;opacity:0}</style>
<fieldset id=f><input type=radio name=s id=s1 value=1><label for=s1>★</label><input type=radio name=s id=s2 value=2><label for=s2>★</label><input type=radio name=s id=s3 value=3><label for=s3>★</label></fieldset><p id=o>No rating</p>
<script>f.onchange=e=>o.textContent=`You gave ${e.target.value}`</script>""",
        "f.onchange",
        "f.onchanged",
    ),
    "canvashit": (
        r"""<canvas id=c width=400 height=240 style='border:1px solid'></canvas><p id=o>nothing</p>
<script>const g=c.getContext('2d');const boxes=[[20,20,90,70],[280,150,90,70]];boxes.forEach(b=>{g.fillStyle='teal';g.fillRect(...b)});c.onclick=e=>{const x=e.offsetX,y=e.offsetY;boxes.forEach((b,i)=>{if(x>b[0]&&x<b[0]+b[2]&&y>b[1]&&y<b[1]+b[3])o.textContent='box '+i})}</script>""",
        "o.textContent='box '+i",
        "o.text='box '+i",
    ),
    "clip": (
        r"""<code id=k>npm i</code><button id=b>Copy</button>
<script>b.onclick=()=>navigator.clipboard.writeText(k.textContent).then(()=>b.textContent='Copied!')</script>""",
        "b.textContent='Copied!'",
        "b.text='Copied!'",
    ),
    "hash": (
        r"""<nav><a href='#/home'>Home</a> <a href='#/about'>About</a></nav><main id=m>Home page</main>
<script>addEventListener('hashchange',()=>m.textContent=location.hash==='#/about'?'All about us':'Home page')</script>""",
        "m.textContent=",
        "m.text=",
    ),
    "agree": (
        r"""<label><input type=checkbox id=c> I agree</label><button id=b disabled>Continue</button><p id=o></p>
<script>c.onchange=()=>b.disabled=!c.checked;b.onclick=()=>o.textContent='Welcome'</script>""",
        "c.onchange",
        "c.onchanged",
    ),
    "combobox": (
        r"""<input role=combobox aria-expanded=false id=q aria-label=Country><ul id=l role=listbox hidden></ul><p id=o>none</p>
<script>const all=['Norway','Sweden','Finland','Japan'];q.oninput=()=>{l.innerHTML='';for(const n of all.filter(n=>n.toLowerCase().includes(q.value.toLowerCase()))){const i=document.createElement('li');i.role='option';i.textContent=n;i.onclick=()=>{o.textContent=n};l.append(i)}l.hidden=!l.children.length}</script>""",
        "l.hidden=!l.children.length",
        "l.hidden=true",
    ),
    "ptrdrag": (
        r"""<style>.b{position:absolute;width:80px;height:80px;top:60px}</style>
<div class=b id=a style='left:60px;background:orange'>Box</div>
<script>let d=null;a.addEventListener('pointerdown',e=>{d=[e.clientX-a.offsetLeft,e.clientY-a.offsetTop];a.setPointerCapture(e.pointerId)});a.addEventListener('pointermove',e=>{if(d){a.style.left=e.clientX-d[0]+'px';a.style.top=e.clientY-d[1]+'px'}});a.addEventListener('pointerup',()=>d=null)</script>""",
        "a.style.left=e.clientX-d[0]+'px';a.style.top=",
        "a.style.lef=e.clientX-d[0]+'px';a.style.tp=",
    ),
    "ptrslider": (
        r"""<div id=t style='width:300px;height:12px;background:#ccc;position:relative;margin:30px 0'><div id=k style='position:absolute;left:144px;top:-6px;width:24px;height:24px;border-radius:50%;background:navy'></div></div><p id=o>50</p>
<script>k.onmousedown=()=>{const mv=e=>{const x=Math.max(0,Math.min(300,e.clientX-t.getBoundingClientRect().left));k.style.left=x-12+'px';o.textContent=Math.round(x/3)};const up=()=>{removeEventListener('mousemove',mv);removeEventListener('mouseup',up)};addEventListener('mousemove',mv);addEventListener('mouseup',up)}</script>""",
        "addEventListener('mousemove',mv);",
        "",
    ),
    "sortable": (
        r"""<ul id=l style='width:240px;padding:0'><li style='padding:14px;border:1px solid;cursor:grab'>First</li><li style='padding:14px;border:1px solid;cursor:grab'>Second</li><li style='padding:14px;border:1px solid;cursor:grab'>Third</li></ul>
<script>let d=null;l.addEventListener('mousedown',e=>{d=e.target.closest('li')});document.addEventListener('mousemove',e=>{if(!d)return;const o=document.elementFromPoint(e.clientX,e.clientY)?.closest('li');if(o&&o!==d&&l.contains(o)){const b=o.getBoundingClientRect();l.insertBefore(d,e.clientY>b.top+b.height/2?o.nextSibling:o)}});document.addEventListener('mouseup',()=>d=null)</script>""",
        "l.insertBefore(",
        "void (",
    ),
    "resizer": (
        r"""<div style='display:flex;height:200px'><div id=a style='width:200px;background:#eee'>Left</div><div id=h style='width:8px;background:#999;cursor:col-resize'></div><div>Right</div></div>
<script>h.onpointerdown=e=>{h.setPointerCapture(e.pointerId);h.onpointermove=m=>a.style.width=m.clientX-20+'px';h.onpointerup=()=>h.onpointermove=null}</script>""",
        "a.style.width=",
        "a.style.widht=",
    ),
    "canvasdraw": (
        r"""<canvas id=c width=500 height=300 style='border:1px solid'></canvas>
<script>const g=c.getContext('2d');let d=false;c.onpointerdown=e=>{d=true;g.beginPath();g.moveTo(e.offsetX,e.offsetY)};c.onpointermove=e=>{if(d){g.lineTo(e.offsetX,e.offsetY);g.lineWidth=4;g.stroke()}};onpointerup=()=>d=false</script>""",
        "g.stroke()",
        "g.strok",
    ),
    "canvasdoc": (
        r"""<canvas id=c width=500 height=300 style='border:1px solid'></canvas>
<script>const g=c.getContext('2d');let d=false;document.addEventListener('mousedown',e=>{d=e.target===c});document.addEventListener('mousemove',e=>{if(d){g.fillRect(e.offsetX,e.offsetY,6,6)}});document.addEventListener('mouseup',()=>d=false)</script>""",
        "g.fillRect(",
        "g.fillRec?.(",
    ),
    "match": (
        r"""<style>.w{display:inline-block;padding:10px;background:#fd9;margin:6px;cursor:grab;touch-action:none}.blank{width:120px;height:44px;border:2px dashed;margin:40px;display:inline-block}</style>
<div><span class=w id=w1>cat</span><span class=w>dog</span></div><div><span class=blank id=b1></span><span class=blank></span></div><p id=o>0 placed</p>
<script>let d=null,n=0;document.querySelectorAll('.w').forEach(w=>w.addEventListener('pointerdown',e=>{d=w;w.setPointerCapture(e.pointerId);e.preventDefault()}));addEventListener('pointerup',e=>{if(!d)return;d.style.pointerEvents='none';const b=document.elementsFromPoint(e.clientX,e.clientY).find(x=>x.classList.contains('blank'));if(b){b.append(d);o.textContent=++n+' placed'}d=null})</script>""",
        "contains('blank')",
        "contains('blanks')",
    ),
    "custombox": (
        r"""<style>.k{position:relative;display:inline-block;width:60px;height:30px;background:#ccc}.k input{position:absolute;inset:0;opacity:0;width:100%;height:100%;margin:0}.k i{position:absolute;left:4px;top:4px;width:22px;height:22px;background:#fff}.k input:checked+i{left:34px}</style>
<div class=k><input type=checkbox id=x aria-label='Wifi'><i></i></div><p id=o>Wifi is off</p>
<script>x.onchange=()=>o.textContent=x.checked?'Wifi is on':'Wifi is off'</script>""",
        "x.onchange",
        "x.onchanged",
    ),
    "customlabel": (
        r"""<style>label{display:block;padding:12px;border:1px solid;position:relative}label input{opacity:0;position:absolute}</style>
<label><input type=radio name=r value=9 onchange='o.textContent=this.value'>Small</label><label><input type=radio name=r value=12 onchange='o.textContent=this.value'>Large</label><p id=o>-</p>""",
        "o.textContent",
        "o.textcontent",
    ),
    "raf": (
        r"""<canvas id=c width=300 height=150></canvas><p>Use the arrow keys</p>
<script>const g=c.getContext('2d');let x=100,v=0;onkeydown=e=>{if(e.key==='ArrowRight')v=3;if(e.key==='ArrowLeft')v=-3};onkeyup=()=>v=0;(function f(){x+=v;g.clearRect(0,0,300,150);g.fillRect(x,60,20,20);requestAnimationFrame(f)})()</script>""",
        "x+=v",
        "x+=0*v",
    ),
    "undo": (
        r"""<button id=a>Add dot</button><button id=u>Undo</button><p id=o></p>
<script>a.onclick=()=>o.append('• ');u.onclick=()=>{o.lastChild?.remove()}</script>""",
        "a.onclick=()=>o.append('• ')",
        "a.onclick=()=>p.append('• ')",
    ),
    "svgdelegated": (
        r"""<svg id=v width=300 height=100 style='cursor:pointer'><rect class=s x=10 y=10 width=40 height=40 fill=gray /><rect class=s x=60 y=10 width=40 height=40 fill=gray /></svg><p id=o>0 seats</p>
<script>let n=0;v.addEventListener('click',e=>{const s=e.target.closest('.s');if(s){s.setAttribute('fill','green');o.textContent=++n+' seats'}})</script>""",
        "closest('.s')",
        "closest('.seat')",
    ),
}


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
def test_what_works_is_credited_and_the_same_page_dead_is_not(tried, way):
    page, old, new = WAYS[way]
    assert sum(bool(step.credited) for step in tried(page).interactions) >= 1
    assert [step for step in tried(page.replace(old, new)).interactions if step.credited] == []


@pytest.mark.full
def test_a_message_that_goes_away_is_held_neither_for_nor_against_a_page(tried):
    page = """<button id=b>Add</button><p id=t hidden>Added</p><script>
b.onclick = () => { t.hidden = false; setTimeout(() => t.hidden = true, 1500) }</script>"""
    [step] = tried(page).interactions
    assert (step.credited, step.effect.partition(":")[0]) == (None, "It said “Added” and took it back")


@pytest.mark.full
def test_sparkles_where_a_drag_ends_are_no_effect(tried):
    page = """<button id=b onmousedown=0>Order</button><script>addEventListener('mouseup', e => {
if (e.target === b || e.clientX > 90) document.body.insertAdjacentHTML('beforeend',
`<i style="position:fixed;left:${e.clientX}px;top:${e.clientY}px">✦</i>`) })</script>"""
    assert [step.credited for step in tried(page).interactions] == [False]


@pytest.mark.full
def test_why_a_control_cannot_be_used_is_said_in_words_of_a_page_author(tried):
    closed = "<button style='pointer-events: none' onclick='this.textContent = 1'>Buy</button>"
    assert "pointer-events: none" in tried(closed).interactions[0].effect
    board = (
        "<button id=c>Clear board</button><p id=o></p><script>c.onclick = () => o.replaceChildren()</script>"
    )
    [step] = tried(board).interactions
    assert (step.credited, "nothing to clear yet" in step.effect) == (None, True)
