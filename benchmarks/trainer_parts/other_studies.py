"""Studies of another author, in the vocabulary `garden`: the independent test of what a training learned is
fitted on them.

Each subject has four compositions. A number after a tilde is a length to scale and jitter, a lone C the
colour asked for."""

from __future__ import annotations

BODIES: dict[str, tuple[str, ...]] = {
    "poppy": (
        (
            'stem(x + ~20, y + ~160, x, y - ~30, "#6f8a4a"); '
            "for (const a of [-100, -35, 35, 100, 180, -140, 140, 0]) petal(x, y - ~40, ~110, a, C); "
            "for (let k = 0; k < 2; k++) for (let a = 0; a < 360; a += 40) petal(x, y - ~40, ~42, a, "
            '"#16101c"); '
            'dabs(x, y - ~40, ~90, "#16101c"); '
            'berry(x, y - ~40, ~34, "#dcecb0"); '
            'for (const a of [-70, 60, -40]) leaf(x + ~16, y + ~150, ~60, a, "#6f8a4a");'
        ),
        (
            'stem(x - ~20, y + ~160, x, y - ~10, "#6f8a4a"); '
            "for (const a of [-60, 60, -22, 22]) petal(x, y, ~130, a, C); "
            "for (const a of [-84, 84]) petal(x, y, ~120, a, C); "
            'for (const u of [-~26, 0, ~26]) petal(x + u, y - ~10, ~60, u, "#16101c"); '
            'dabs(x, y - ~62, ~80, "#16101c"); '
            'berry(x, y - ~44, ~34, "#dcecb0"); '
            'stem(x - ~18, y + ~150, x + ~80, y + ~10, "#6f8a4a"); '
            'stem(x + ~80, y + ~10, x + ~104, y + ~30, "#6f8a4a"); '
            'petal(x + ~100, y + ~24, ~52, 175, "#7d9656");'
        ),
        (
            'stem(x - ~60, y + ~150, x - ~30, y - ~110, "#6f8a4a"); '
            'stem(x - ~30, y - ~110, x + ~20, y - ~100, "#6f8a4a"); '
            "for (const a of [180, 150, 210, 125, 235]) petal(x + ~20, y - ~105, ~120, a, C); "
            'dabs(x + ~20, y + ~14, ~60, "#16101c"); '
            'for (const a of [130, 230]) leaf(x + ~20, y - ~105, ~40, a, "#6f8a4a"); '
            'stem(x - ~56, y + ~150, x - ~110, y - ~40, "#6f8a4a"); '
            'petal(x - ~110, y - ~20, ~64, -8, "#8fa468"); '
            'for (let a = -75; a <= 75; a += 30) leaf(x - ~114, y - ~78, ~28, a, "#4f5e38"); '
            'leaf(x - ~58, y + ~150, ~80, 60, "#6f8a4a");'
        ),
        (
            "for (const [u, v, s] of [[~75, ~60, ~90], [-~70, ~20, ~100]]) { "
            'stem(x, y + ~160, x - u, y - v, "#6f8a4a"); '
            "for (const a of [-110, 110, 180, -40, 40, 0]) petal(x - u, y - v, s, a, C); "
            'dabs(x - u, y - v, s * 0.8, "#16101c"); '
            'for (let k = 0; k < 3; k++) berry(x - u, y - v, s * 0.36, "#16101c"); } '
            'stem(x, y + ~160, x + ~30, y - ~110, "#6f8a4a"); '
            'petal(x + ~28, y - ~96, ~56, 4, "#8fa468"); '
            'for (let a = -75; a <= 75; a += 30) leaf(x + ~30, y - ~148, ~24, a, "#4f5e38");'
        ),
    ),
    "daisy": (
        (
            'stem(x + ~20, y + ~160, x, y - ~30, "#6b8f4e"); '
            "for (let a = 0; a < 360; a += 24) leaf(x, y - ~40, ~105, a, C); "
            'berry(x, y - ~40, ~64, "#ffe04a"); '
            'for (const s of [~56, ~36]) dabs(x, y - ~40, s, "#b0600c"); '
            'leaf(x + ~16, y + ~140, ~80, 55, "#6b8f4e");'
        ),
        (
            'stem(x - ~20, y + ~160, x, y - ~10, "#6b8f4e"); '
            "for (const a of [-84, 84, -68, 68, -52, 52, -36, 36, -20, 20]) leaf(x, y, ~110, a, C); "
            'petal(x, y + ~40, ~46, 0, "#6b8f4e"); '
            'berry(x, y - ~34, ~74, "#ffe04a"); '
            'for (const s of [~66, ~40]) dabs(x, y - ~42, s, "#b0600c"); '
            "for (const a of [-98, 98, -112, 112]) leaf(x, y - ~6, ~115, a, C); "
            'leaf(x - ~16, y + ~130, ~70, -60, "#6b8f4e"); '
            'leaf(x - ~16, y + ~135, ~70, 50, "#6b8f4e");'
        ),
        (
            "for (const [u, v] of [[~80, ~20], [-~75, ~50], [~5, ~110]]) { "
            'stem(x, y + ~160, x + u, y - v, "#6b8f4e"); '
            "for (let a = 0; a < 360; a += 30) leaf(x + u, y - v, ~64, a, C); "
            'berry(x + u, y - v, ~40, "#ffe04a"); dabs(x + u, y - v, ~36, "#b0600c"); } '
            'leaf(x, y + ~150, ~80, -55, "#6b8f4e"); '
            'leaf(x, y + ~150, ~80, 50, "#6b8f4e");'
        ),
        (
            'stem(x - ~50, y + ~160, x - ~40, y - ~40, "#6b8f4e"); '
            'stem(x - ~40, y - ~40, x + ~10, y - ~75, "#6b8f4e"); '
            "for (const a of [92, 110, 128, 146, 164, 182, 200, 218, 236]) leaf(x + ~10, y - ~70, "
            "~125, a, C); "
            'berry(x + ~16, y - ~32, ~60, "#ffe04a"); '
            'for (const s of [~54, ~34]) dabs(x + ~16, y - ~32, s, "#b0600c"); '
            'for (const a of [-60, 0, 60]) petal(x + ~10, y - ~62, ~34, a, "#6b8f4e"); '
            'for (const a of [-70, 60]) leaf(x - ~46, y + ~130, ~80, a, "#6b8f4e");'
        ),
    ),
    "tulip": (
        (
            'stem(x, y + ~160, x, y - ~10, "#6f9350"); '
            'leaf(x, y + ~155, ~190, -20, "#5f8a52"); '
            'leaf(x, y + ~155, ~170, 22, "#5f8a52"); '
            "for (const u of [-~34, ~34, 0]) petal(x + u, y - ~140, ~140, 180 + u * 0.35, C);"
        ),
        (
            'stem(x - ~10, y + ~160, x, y, "#6f9350"); '
            "for (const a of [-34, 34, 0]) leaf(x, y, ~150, a, C); "
            'dabs(x, y - ~90, ~60, "#2e2230"); '
            "for (const a of [-20, 20]) leaf(x, y, ~135, a, C); "
            "for (const a of [-52, 52]) leaf(x, y + ~2, ~150, a, C); "
            "for (const u of [-~22, ~22]) berry(x + u, y - ~30, ~80, C); "
            'leaf(x - ~10, y + ~160, ~180, 24, "#5f8a52");'
        ),
        (
            'stem(x - ~60, y + ~150, x - ~40, y - ~60, "#6f9350"); '
            'stem(x - ~40, y - ~60, x + ~10, y - ~100, "#6f9350"); '
            'stem(x + ~10, y - ~100, x + ~40, y - ~70, "#6f9350"); '
            "for (const a of [128, 162]) leaf(x + ~36, y - ~80, ~150, a, C); "
            "petal(x + ~120, y + ~50, ~140, -35, C); "
            "berry(x + ~60, y - ~44, ~84, C); "
            'leaf(x - ~60, y + ~155, ~190, -16, "#5f8a52"); '
            'leaf(x - ~60, y + ~155, ~130, 36, "#5f8a52");'
        ),
        (
            "for (const [u, v] of [[-~70, ~30], [~70, ~40], [0, ~70]]) { "
            'stem(x, y + ~150, x + u, y - v, "#6f9350"); '
            "for (const b of [-~20, ~20, 0]) petal(x + u + b, y - v - ~84, ~90, 180 + b * 0.5, C); } "
            'leaf(x, y + ~155, ~150, -30, "#5f8a52"); '
            'leaf(x, y + ~155, ~150, 30, "#5f8a52"); '
            'leaf(x, y + ~160, ~120, 5, "#7a9c5e");'
        ),
    ),
    "lavender": (
        (
            'stem(x, y + ~160, x, y - ~130, "#7f9a72"); '
            "for (let i = 0; i < 8; i++) for (const a of [-52, 52, -18, 18]) leaf(x, y + ~14 - i * "
            "~20, ~44 - i * ~2, a, C); "
            "for (const a of [-58, 58, -24, 24]) leaf(x, y + ~62, ~42, a, C); "
            'for (const u of [-~44, -~22, ~26, ~48]) stem(x, y + ~155, x + u, y + ~60, "#8aa584");'
        ),
        (
            "for (const u of [-~90, -~45, 0, ~45, ~90]) { "
            'stem(x - u * 0.3, y + ~150, x + u, y - ~110, "#7f9a72"); '
            "for (let i = 0; i < 9; i++) for (const a of [-50, 50]) "
            "petal(x + u * (0.66 + 0.045 * i), y - ~5 - i * ~15, ~30 - i * ~1.5, a, C); } "
            'band(x - ~26, y + ~88, x + ~26, y + ~88, ~18, "#f2e4b8");'
        ),
        (
            "for (let a = -48; a <= 48; a += 24) { const s = Math.sin(a / 57), c = -Math.cos(a / 57); "
            'stem(x, y + ~150, x + s * ~250, y + ~150 + c * ~250, "#7f9a72"); '
            "for (let i = 0; i < 8; i++) for (const b of [-42, 42]) "
            "leaf(x + s * (~140 + i * ~14), y + ~150 + c * (~140 + i * ~14), ~32 - i * ~2, a + b, C); "
            "} "
            'for (const a of [-70, -34, -10, 14, 38, 70]) leaf(x, y + ~155, ~80, a, "#8aa584");'
        ),
        (
            'stem(x - ~70, y + ~160, x + ~50, y - ~140, "#7f9a72"); '
            "for (let i = 0; i < 9; i++) for (const a of [-40, 85]) petal(x - ~18 + i * ~8, y + ~30 - "
            "i * ~20, ~38 - i * ~2, a, C); "
            "for (let i = 0; i < 5; i++) berry(x - ~18 + i * ~16, y + ~26 - i * ~40, ~22 - i * ~2, "
            "C); "
            'stem(x - ~62, y + ~140, x - ~130, y + ~20, "#8aa584"); '
            'stem(x - ~58, y + ~130, x + ~50, y + ~70, "#8aa584"); '
            'stem(x - ~66, y + ~150, x - ~140, y + ~90, "#8aa584");'
        ),
    ),
    "fern": (
        (
            "stem(x, y + ~160, x, y - ~140, C); "
            "for (let i = 0; i < 12; i++) for (const a of [-66, 66]) leaf(x, y + ~90 - i * ~20, ~112 "
            "- i * ~8, a, C); "
            "leaf(x, y - ~135, ~26, 0, C);"
        ),
        (
            "const r = ~80; "
            "for (let i = 0; i < 34; i++) { const t = i / 4.6, q = r * (1 - i / 38); "
            "berry(x + Math.cos(t) * q, y - ~50 - Math.sin(t) * q, r * (0.42 - i * 0.009), C); "
            "if (i < 22) leaf(x + Math.cos(t) * q * 1.15, y - ~50 - Math.sin(t) * q * 1.15, r * 0.4, "
            "90 - t * 57, C); } "
            "band(x + r * 0.9, y + ~160, x + r, y - ~50, ~22, C); "
            "for (let i = 0; i < 4; i++) for (const a of [-60, 60]) leaf(x + r, y + ~140 - i * ~45, "
            "~44, a, C);"
        ),
        (
            "stem(x - ~140, y + ~90, x + ~140, y - ~90, C); "
            "for (let i = 0; i < 14; i++) for (const a of [-4, 118]) "
            "leaf(x - ~84 + i * ~15.5, y + ~54 - i * ~10, ~96 - i * ~5, a + i, C); "
            "leaf(x + ~128, y - ~84, ~34, 57, C);"
        ),
        (
            "for (const a of [-78, -46, -16, 16, 46, 78]) { const s = Math.sin(a / 57), c = "
            "Math.cos(a / 57); "
            "stem(x, y + ~140, x + s * ~190, y + ~140 - c * ~230, C); "
            "for (let i = 3; i < 12; i++) for (const b of [-60, 60]) "
            "leaf(x + s * i * ~16, y + ~140 - c * i * ~20, ~56 - i * ~3.5, a + b, C); } "
            "for (const b of [-30, 0, 30]) leaf(x, y + ~140, ~70, b, C);"
        ),
    ),
    "bamboo": (
        (
            "const h = ~62, b = y + h * 2.4; "
            "for (let i = 0; i < 5; i++) band(x, b - i * h, x, b - i * h - h * 0.92, ~40, C); "
            "for (let i = 1; i < 5; i++) band(x - ~24, b - i * h + ~3, x + ~24, b - i * h + ~3, ~6, "
            '"#3e4a34"); '
            'stem(x + ~16, y - ~30, x + ~90, y - ~80, "#5a7a48"); '
            'for (const a of [70, 105, 140]) leaf(x + ~85, y - ~76, ~80, a, "#5a8a48"); '
            'stem(x - ~16, y + ~30, x - ~80, y - ~10, "#5a7a48"); '
            'for (const a of [-65, -100, -135]) leaf(x - ~76, y - ~6, ~75, a, "#5a8a48");'
        ),
        (
            "const h = ~52, b = y + h * 3; "
            "for (const [u, w] of [[-~75, ~18], [0, ~26], [~70, ~16]]) for (let i = 0; i < 6; i++) "
            "band(x + u + i * h * 0.1, b - i * h, x + u + (i + 0.9) * h * 0.1, b - (i + 0.9) * h, w, "
            "C); "
            "for (const [u, v] of [[-~50, ~80], [~20, ~110], [~85, ~40], [-~60, -~30]]) "
            'for (const a of [100, 135, 165, 215]) leaf(x + u, y - v, ~75, a, "#4f7a48"); '
            'ripples(x, b + ~14, ~190, "#7f9456");'
        ),
        (
            "const h = ~54, b = y + h * 3; "
            "for (let i = 0; i < 6; i++) "
            "band(x - h * 1.2 + i * i * h * 0.07, b - i * h, x - h * 1.2 + (i + 0.94) ** 2 * h * "
            "0.07, b - (i + 0.94) * h, ~22, C); "
            "for (const [u, v] of [[-~55, -~50], [~0, ~60], [~50, ~140]]) { "
            'stem(x + u, y - v, x + u + ~50, y - v + ~14, "#4f7a48"); '
            'for (const a of [80, 115, 150]) leaf(x + u + ~48, y - v + ~14, ~80, a, "#4f7a48"); } '
            'leaf(x - ~50, y + ~50, ~80, -120, "#4f7a48"); '
            'leaf(x - ~50, y + ~50, ~70, -75, "#4f7a48");'
        ),
        (
            "const h = ~74, b = y + h * 2; "
            "for (const [u, n] of [[-~56, 2], [0, 4], [~54, 3]]) { "
            "for (let i = 0; i < n; i++) band(x + u, b - i * h, x + u, b - i * h - h * 0.97, ~36, C); "
            "for (let i = 1; i < n; i++) band(x + u - ~22, b - i * h, x + u + ~22, b - i * h, ~7, C); "
            'leaf(x + u - ~17, b - n * h, ~36, 90, "#3e4a34"); } '
            'for (const a of [30, 65, 100]) leaf(x + ~70, y - ~10, ~75, a, "#5a8a48"); '
            'for (const a of [-35, -75]) leaf(x - ~72, y + ~70, ~70, a, "#5a8a48");'
        ),
    ),
    "mushroom": (
        (
            'band(x, y + ~130, x, y - ~10, ~46, "#efe4cf"); '
            'berry(x, y + ~126, ~74, "#efe4cf"); '
            "for (const a of [-88, 88, -66, 66, -44, 44, -22, 22, 0]) petal(x, y, ~125, a, C); "
            "for (const a of [-70, -35, 0, 35, 70]) "
            'berry(x + ~88 * Math.sin(a / 57), y - ~88 * Math.cos(a / 57), ~28, "#fff8ea"); '
            'for (const [u, v] of [[-~30, ~40], [~34, ~44]]) berry(x + u, y - v, ~24, "#fff8ea"); '
            'band(x - ~36, y + ~36, x + ~36, y + ~36, ~14, "#efe4cf"); '
            'for (const a of [-70, -40, 45, 75]) leaf(x, y + ~160, ~80, a, "#7f9456");'
        ),
        (
            'band(x, y + ~150, x, y - ~50, ~22, "#ece0c6"); '
            'band(x - ~26, y + ~10, x + ~26, y + ~10, ~12, "#c9b48a"); '
            "for (const [a, s] of [[98, ~130], [80, ~128], [58, ~100], [30, ~82], [0, ~76]]) "
            "for (const d of [-1, 1]) petal(x, y - ~40, s, a * d, C); "
            'for (const u of [-~70, -~24, ~24, ~70]) dabs(x + u, y - ~66, ~44, "#3e2a1c"); '
            'for (const a of [-60, 65, 20]) leaf(x, y + ~155, ~60, a, "#7f9456");'
        ),
        (
            "for (const [u, v, s] of [[-~85, ~10, ~80], [~82, ~35, ~85], [0, ~70, ~110]]) { "
            'band(x + u * 0.3, y + ~150, x + u, y - v, ~15, "#e6d8ba"); '
            "for (const a of [155, 205, 180]) petal(x + u, y - v - s * 0.6, s, a, C); } "
            'for (const a of [-80, -50, 50, 80]) leaf(x, y + ~155, ~70, a, "#7f9456");'
        ),
        (
            'petal(x, y - ~40, ~190, 180, "#f6ead4"); '
            'for (const u of [-~24, ~24]) petal(x + u, y - ~20, ~160, 180, "#f6ead4"); '
            "for (const [a, s] of [[94, ~134], [74, ~130], [50, ~116], [26, ~108], [0, ~104]]) "
            "for (const d of [-1, 1]) petal(x, y - ~20, s, a * d, C); "
            'for (const a of [-70, 70, -35, 35]) leaf(x, y + ~155, ~90, a, "#7f9456");'
        ),
    ),
    "cherries": (
        (
            'stem(x - ~60, y + ~50, x + ~10, y - ~130, "#6f7f3a"); '
            'stem(x + ~65, y + ~70, x + ~10, y - ~130, "#6f7f3a"); '
            "berry(x - ~62, y + ~90, ~110, C); "
            "berry(x + ~68, y + ~110, ~110, C); "
            'for (const [u, v] of [[-~84, ~70], [~46, ~90]]) berry(x + u, y + v, ~18, "#fffaf0"); '
            'leaf(x + ~10, y - ~130, ~130, 75, "#5d8a4c");'
        ),
        (
            'branch(x - ~150, y - ~100, x + ~150, y - ~130, "#6b5344"); '
            "for (const [u, v] of [[-~90, ~50], [-~10, ~80], [~70, ~30]]) { "
            'stem(x + u * 0.6, y - ~110, x + u, y + v, "#6f7f3a"); berry(x + u, y + v + ~34, ~84, C); '
            "} "
            'leaf(x - ~60, y - ~110, ~100, -110, "#5d8a4c"); '
            'leaf(x + ~60, y - ~118, ~100, 110, "#5d8a4c");'
        ),
        (
            'ripples(x, y + ~165, ~200, "#c8bca8"); '
            "for (const [u, v] of [[-~80, ~80], [~44, ~90]]) berry(x + u, y + v, ~116, C); "
            'stem(x - ~70, y + ~34, x + ~130, y - ~110, "#6f7f3a"); '
            'stem(x + ~48, y + ~44, x + ~130, y - ~110, "#6f7f3a"); '
            'for (const [u, v] of [[-~104, ~62], [~20, ~70]]) berry(x + u, y + v, ~20, "#fffaf0"); '
            'leaf(x + ~130, y - ~110, ~130, -75, "#5d8a4c");'
        ),
        (
            "for (const [u, v] of [[-~90, ~60], [~90, ~50], [-~40, ~100], [~45, ~105], [0, ~50]]) { "
            'stem(x + u, y + v, x, y - ~130, "#6f7f3a"); berry(x + u, y + v + ~20, ~76, C); } '
            'leaf(x, y - ~130, ~110, -60, "#5d8a4c"); '
            'leaf(x, y - ~130, ~110, 62, "#5d8a4c");'
        ),
    ),
    "pine tree": (
        (
            'band(x, y + ~160, x, y + ~80, ~26, "#6b4e3a"); '
            "peak(x, y + ~100, ~130, C); "
            "peak(x, y + ~40, ~115, C); "
            "peak(x, y - ~20, ~100, C); "
            "peak(x, y - ~75, ~75, C);"
        ),
        (
            'stem(x, y + ~160, x, y - ~130, "#6b4e3a"); band(x, y + ~160, x, y + ~90, ~18, '
            '"#6b4e3a"); '
            "for (let i = 0; i < 9; i++) for (const a of [-115, 115, -140, 140]) "
            "leaf(x, y - ~130 + i * ~25, ~40 + i * ~11, a, C); "
            "leaf(x, y - ~110, ~50, 0, C);"
        ),
        (
            'band(x - ~20, y + ~160, x + ~16, y - ~60, ~24, "#6b4e3a"); '
            'branch(x, y + ~40, x - ~100, y - ~10, "#6b4e3a"); '
            'branch(x + ~10, y + ~10, x + ~110, y - ~30, "#6b4e3a"); '
            "for (const [u, v, w] of [[-~105, ~8, ~62], [~110, ~28, ~62], [-~30, ~70, ~66], [~65, "
            "~92, ~66], [~15, ~116, ~60]]) { "
            "for (let a = -96; a <= 96; a += 16) band(x + u, y - v, x + u + w * Math.sin(a / 57), y - "
            "v - w * Math.cos(a / 57), ~5, C); "
            "leaf(x + u - w * 0.9, y - v - ~6, w * 1.8, 90, C); }"
        ),
        (
            'band(x, y + ~160, x, y + ~100, ~24, "#6b4e3a"); '
            "for (let i = 0; i < 10; i++) band(x - ~110 + i * ~11, y + ~105 - i * ~25, x + ~110 - i * "
            "~11, y + ~105 - i * ~25, ~22, C); "
            "for (let i = 0; i < 10; i++) for (const u of [-1, 1]) "
            "leaf(x + u * (~90 - i * ~10), y + ~100 - i * ~25, ~40, u * 118, C); "
            "leaf(x, y - ~115, ~50, 0, C);"
        ),
    ),
    "cactus": (
        (
            "band(x, y + ~150, x, y - ~110, ~60, C); berry(x, y - ~112, ~60, C); "
            "for (const [u, v] of [[-~85, ~60], [~85, ~95]]) { "
            "band(x, y - v + ~92, x + u, y - v + ~92, ~34, C); berry(x + u, y - v + ~90, ~38, C); "
            "band(x + u, y - v + ~90, x + u, y - v, ~38, C); berry(x + u, y - v, ~38, C); "
            'for (const w of [~16, ~64]) dabs(x + u, y - v + w, ~40, "#1e1a18"); } '
            'for (let i = 0; i < 6; i++) dabs(x, y + ~120 - i * ~44, ~56, "#1e1a18"); '
            'ripples(x, y + ~155, ~170, "#c9a876");'
        ),
        (
            "petal(x, y + ~150, ~150, 0, C); "
            "for (const a of [-48, 48]) petal(x + a * ~0.5, y + ~60, ~120, a, C); "
            "petal(x + ~4, y + ~20, ~120, 4, C); "
            "for (const [u, v] of [[0, ~80], [-~70, ~16], [~72, ~16], [~6, -~50]]) dabs(x + u, y + v, "
            '~70, "#1e1a18"); '
            "for (const [u, v] of [[~8, ~92], [-~105, ~10], [~110, ~10], [-~80, ~24]]) "
            'petal(x + u, y - v, ~40, u / 3, "#e86a8a"); '
            'ripples(x, y + ~152, ~140, "#c9a876");'
        ),
        (
            "berry(x, y, ~180, C); "
            "for (const u of [-~60, -~30, 0, ~30, ~60]) stem(x + u, y + ~66, x + u * 0.8, y - ~80, "
            '"#26302a"); '
            "for (const u of [-~62, -~31, 0, ~31, ~62]) for (const v of [-~46, -~12, ~22]) dabs(x + "
            'u, y + v, ~18, "#1e1a18"); '
            "for (let a = -110; a <= 110; a += 22) { const s = Math.sin(a / 57.3), c = Math.cos(a / "
            "57.3); "
            'stem(x + s * ~80, y - c * ~80, x + s * ~108, y - c * ~108, "#1e1a18"); } '
            'band(x, y + ~76, x, y + ~155, ~120, "#b8683e"); '
            'band(x - ~74, y + ~80, x + ~74, y + ~80, ~24, "#a85a34"); '
            'for (const a of [-50, -16, 16, 50]) petal(x, y - ~84, ~46, a, "#f0a0b8");'
        ),
        (
            "for (const [u, h] of [[-~46, ~110], [~48, ~80], [0, ~180]]) { "
            "band(x + u, y + ~80, x + u, y + ~80 - h, ~44, C); berry(x + u, y + ~80 - h, ~44, C); "
            'for (let i = 1; i < 7; i++) dabs(x + u, y + ~90 - h * i / 6, ~40, "#1e1a18"); } '
            'for (const a of [-40, 0, 40]) petal(x, y - ~116, ~40, a, "#e86a8a"); '
            'band(x, y + ~80, x, y + ~150, ~120, "#b8683e"); '
            'band(x - ~74, y + ~82, x + ~74, y + ~82, ~26, "#a85a34");'
        ),
    ),
    "butterfly": (
        (
            "for (const a of [-52, 52]) petal(x, y - ~10, ~150, a, C); "
            "for (const a of [-122, 122]) petal(x, y + ~4, ~115, a, C); "
            'for (const a of [-52, 52]) berry(x + ~100 * Math.sin(a / 57), y - ~72, ~30, "#fff4d8"); '
            'band(x, y - ~50, x, y + ~80, ~13, "#2c2428"); '
            'for (const u of [-1, 1]) stem(x, y - ~50, x + u * ~45, y - ~115, "#2c2428"); '
            'berry(x, y - ~52, ~22, "#2c2428");'
        ),
        (
            "petal(x - ~20, y + ~40, ~200, 10, C); "
            "petal(x - ~20, y + ~40, ~180, 36, C); "
            "petal(x - ~20, y + ~50, ~130, 78, C); "
            "for (const [u, v] of [[~10, ~120], [~50, ~100], [~80, ~64]]) berry(x + u, y - v, ~24, "
            '"#fff4d8"); '
            'band(x - ~56, y + ~14, x + ~60, y + ~86, ~13, "#2c2428"); '
            'for (const v of [~70, ~40]) stem(x - ~60, y + ~12, x - ~120, y - v, "#2c2428"); '
            'for (const u of [-~30, ~0]) stem(x + u, y + ~40, x + u - ~20, y + ~100, "#2c2428"); '
            'berry(x - ~62, y + ~12, ~26, "#2c2428");'
        ),
        (
            "for (const a of [-22, 92]) petal(x, y, ~150, a, C); "
            "for (const a of [-90, 165]) petal(x, y + ~8, ~110, a, C); "
            "for (const a of [-22, 92]) petal(x + ~40 * Math.sin(a / 57), y - ~40 * Math.cos(a / 57), "
            '~80, a, "#2c2428"); '
            'stem(x - ~60, y + ~70, x + ~50, y - ~55, "#2c2428"); band(x - ~40, y + ~48, x + ~40, y - '
            '~42, ~14, "#2c2428"); '
            "for (const u of [~22, ~56]) stem(x + ~42, y - ~46, x + ~42 + u, y - ~130 + u, "
            '"#2c2428");'
        ),
        (
            "for (const a of [-70, -44, 44, 70]) petal(x, y - ~20, ~150, a, C); "
            "for (const u of [-1, 1]) leaf(x + u * ~40, y + ~30, ~110, u * 162, C); "
            "for (const a of [-132, 132]) petal(x, y - ~10, ~120, a, C); "
            "for (const a of [-70, -46, 46, 70]) "
            'dabs(x + ~112 * Math.sin(a / 57), y - ~20 - ~112 * Math.cos(a / 57), ~44, "#1e181c"); '
            'for (const u of [-1, 1]) berry(x + u * ~62, y + ~46, ~26, "#fff0b0"); '
            'band(x, y - ~60, x, y + ~70, ~14, "#2c2428"); berry(x, y - ~62, ~24, "#2c2428"); '
            'for (const u of [-1, 1]) stem(x, y - ~66, x + u * ~34, y - ~130, "#2c2428");'
        ),
    ),
    "fish": (
        (
            "for (const a of [55, 125]) petal(x + ~70, y, ~95, a, C); "
            "petal(x - ~10, y - ~30, ~70, 30, C); "
            "leaf(x + ~100, y, ~250, -90, C); petal(x + ~90, y, ~220, -90, C); "
            "petal(x - ~30, y + ~20, ~60, 140, C); "
            'berry(x - ~95, y - ~14, ~28, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x - ~97, y - '
            '~14, ~15, "#141018");'
        ),
        (
            "for (const a of [-48, -132]) leaf(x + ~30, y, ~190, a, C); "
            "for (const a of [-62, -118]) petal(x - ~60, y, ~100, a, C); "
            "berry(x, y, ~180, C); "
            'for (const u of [-~34, ~10]) band(x + u, y - ~74, x + u, y + ~74, ~18, "#2c2a34"); '
            "leaf(x + ~74, y + ~10, ~36, 95, C); "
            'berry(x + ~54, y - ~18, ~30, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x + ~56, y - '
            '~18, ~16, "#141018");'
        ),
        (
            "for (const a of [200, 250]) petal(x - ~60, y + ~90, ~100, a, C); "
            "petal(x + ~20, y + ~10, ~80, 130, C); "
            "petal(x - ~20, y - ~10, ~80, -30, C); "
            "leaf(x - ~90, y + ~120, ~300, 40, C); "
            "petal(x - ~70, y + ~96, ~230, 40, C); "
            "for (const [u, v] of [[-~10, ~10], [~24, ~10], [~10, -~30], [-~30, -~40]]) stem(x + u, y "
            '- v, x + u + ~20, y - v + ~20, "#3a3640"); '
            'berry(x + ~60, y - ~76, ~26, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x + ~62, y - '
            '~78, ~15, "#141018"); '
            'ripples(x, y + ~165, ~200, "#6a98ac");'
        ),
        (
            "for (const a of [60, 82, 104, 126]) petal(x + ~40, y, ~140, a, C); "
            "for (const a of [10, 40]) petal(x - ~20, y - ~30, ~90, a, C); "
            "for (const a of [150, 200]) petal(x - ~10, y + ~30, ~75, a, C); "
            "petal(x + ~80, y, ~190, -90, C); berry(x - ~30, y, ~126, C); "
            'berry(x - ~64, y - ~16, ~32, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x - ~66, y - '
            '~16, ~16, "#141018"); '
            'for (const v of [~50, ~85, ~115]) berry(x - ~120, y - v, ~18, "#9cc4d4");'
        ),
    ),
    "bird": (
        (
            'branch(x - ~150, y + ~90, x + ~150, y + ~70, "#6b5344"); '
            "leaf(x + ~40, y + ~20, ~150, 120, C); "
            "petal(x + ~70, y + ~60, ~190, -52, C); "
            "berry(x - ~60, y - ~60, ~84, C); "
            'leaf(x + ~80, y + ~64, ~150, -62, "#3a3f50"); '
            'leaf(x - ~96, y - ~58, ~36, -98, "#e0962a"); '
            'berry(x - ~74, y - ~68, ~28, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x - ~74, y - '
            '~68, ~15, "#141018"); '
            'for (const u of [-~10, ~14]) stem(x + u, y + ~50, x + u, y + ~86, "#8a6a3a");'
        ),
        (
            "for (const a of [-65, -80, -50]) leaf(x, y - ~10, ~160, a, C); "
            "for (const a of [65, 80, 50]) leaf(x, y - ~10, ~160, a, C); "
            "for (const a of [165, 195, 180]) leaf(x, y + ~40, ~100, a, C); "
            "petal(x, y + ~90, ~150, 0, C); berry(x, y - ~60, ~50, C); "
            'leaf(x, y - ~80, ~30, 0, "#e0962a"); '
            "for (const u of [-~11, ~11]) for (let k = 0; k < 3; k++) berry(x + u, y - ~68, ~15, "
            '"#141018");'
        ),
        (
            'for (const u of [-~10, ~20]) stem(x + u, y + ~40, x + u + ~4, y + ~160, "#3a342c"); '
            "petal(x + ~110, y + ~50, ~180, -72, C); "
            "band(x - ~52, y, x - ~40, y - ~90, ~22, C); "
            'leaf(x - ~10, y, ~140, 108, "#4a5060"); '
            "berry(x - ~44, y - ~100, ~44, C); "
            'leaf(x - ~60, y - ~100, ~80, -98, "#e0962a"); '
            'for (let k = 0; k < 3; k++) berry(x - ~50, y - ~106, ~15, "#141018"); '
            'ripples(x, y + ~160, ~150, "#6a98ac");'
        ),
        (
            'for (const u of [-~20, ~20]) stem(x + u, y + ~80, x + u, y + ~140, "#c07a2a"); '
            "leaf(x + ~50, y + ~40, ~110, 60, C); "
            "berry(x, y + ~20, ~160, C); berry(x - ~10, y - ~70, ~100, C); "
            'petal(x + ~60, y - ~10, ~110, 205, "#4a4450"); '
            'berry(x - ~34, y + ~40, ~80, "#fff2dc"); '
            'leaf(x - ~50, y - ~66, ~44, -95, "#e0962a"); '
            'berry(x - ~28, y - ~80, ~28, "#fffdf4"); for (let k = 0; k < 3; k++) berry(x - ~29, y - '
            '~80, ~15, "#141018");'
        ),
    ),
    "sailing boat": (
        (
            "const w = ~105, t = ~12, h = ~17; "
            'ripples(x, y + ~130, ~280, "#4f88a4"); '
            "for (let i = 0; i < 4; i++) band(x - w + i * t, y + ~72 + i * t, x + w - i * t, y + ~72 "
            '+ i * t, t * 1.2, "#6a4630"); '
            'band(x, y + ~66, x, y - ~150, ~6, "#5a4030"); '
            "for (let i = 0; i < 11; i++) band(x + ~8, y + ~50 - i * h, x + w - i * h * 0.5, y + ~50 "
            "- i * h, h * 1.06, C); "
            "for (let i = 0; i < 9; i++) "
            "band(x - ~8, y + ~50 - i * h, x - w * 0.8 + i * h * 0.5, y + ~50 - i * h, h * 1.06, "
            '"#f2ead8");'
        ),
        (
            "const w = ~115, t = ~12, h = ~58; "
            'ripples(x, y + ~130, ~280, "#4f88a4"); '
            "for (let i = 0; i < 4; i++) band(x - w + i * t, y + ~80 + i * t, x + w - i * t, y + ~80 "
            '+ i * t, t * 1.2, "#6a4630"); '
            'for (const u of [-~50, ~50]) { stem(x + u, y + ~76, x + u, y - ~150, "#5a4030"); '
            "for (let i = 0; i < 3; i++) band(x + u - h * (0.8 - i * 0.12), y + ~34 - i * h, x + u + "
            "h * (0.8 - i * 0.12), y + ~34 - i * h, h * 0.9, C); } "
            'leaf(x + ~50, y - ~150, ~34, 100, "#c23c30");'
        ),
        (
            "const w = ~110, t = ~12; "
            'ripples(x, y + ~145, ~280, "#4f88a4"); '
            "for (let i = 0; i < 4; i++) band(x - w + i * t, y + ~80 + i * t, x + w - i * t, y + ~80 "
            '+ i * t, t * 1.2, "#6a4630"); '
            'band(x - w, y + ~68, x - w * 0.5, y + ~68, ~22, "#6a4630"); '
            'for (const u of [-~50, ~50]) stem(x + u, y + ~80, x + u, y - ~140, "#4a342a"); '
            "for (let i = 0; i < 5; i++) band(x + ~4, y + ~44 - i * ~36, x + ~110 - i * ~8, y + ~54 - "
            "i * ~40, ~32, C); "
            "for (let i = 0; i < 4; i++) band(x - ~94 + i * ~4, y + ~34 - i * ~34, x - ~14 - i * ~6, "
            "y + ~42 - i * ~37, ~30, C);"
        ),
        (
            "const w = ~100, t = ~12; "
            'ripples(x, y + ~140, ~250, "#4f88a4"); '
            'band(x, y + ~86, x, y - ~150, ~7, "#5a4030"); '
            "petal(x + ~6, y - ~150, ~210, 161, C); "
            "leaf(x - ~84, y + ~62, ~200, 24, C); "
            "for (let i = 0; i < 4; i++) band(x - w + i * t, y + ~80 + i * t, x + w - i * t, y + ~80 "
            '+ i * t, t * 1.2, "#8a5a3c"); '
            'leaf(x, y - ~150, ~44, -100, "#c23c30");'
        ),
    ),
    "lighthouse": (
        (
            'peak(x, y + ~160, ~60, "#6e6658"); '
            'band(x, y + ~130, x, y - ~90, ~62, "#f4ede0"); '
            "for (const v of [~95, ~25, -~45]) band(x - ~33, y + v, x + ~33, y + v, ~32, C); "
            'band(x - ~44, y - ~92, x + ~44, y - ~92, ~10, "#3a3a42"); '
            'band(x, y - ~96, x, y - ~132, ~38, "#f6cf4a"); '
            'petal(x, y - ~166, ~46, 180, "#3a3a42"); '
            'ripples(x, y + ~165, ~200, "#4f88a4");'
        ),
        (
            "const w = ~50, h = ~22; "
            "for (let i = 0; i < 10; i++) "
            "band(x - w + i * w * 0.05, y + h * 5.5 - i * h, x + w - i * w * 0.05, y + h * 5.5 - i * "
            "h, h * 1.05, C); "
            'for (const v of [~70, ~10, -~40]) band(x, y + v, x, y + v - ~26, ~20, "#fff4d0"); '
            'band(x - ~42, y - h * 4.5, x + ~42, y - h * 4.5, ~10, "#3a3a42"); '
            "for (const u of [-1, 1]) for (const v of [~0, ~26]) "
            'stem(x + u * ~30, y - h * 5.4, x + u * ~130, y - h * 6 + v, "#f0c040"); '
            'band(x, y - h * 4.7, x, y - h * 6.3, ~36, "#f6cf4a"); '
            "for (let i = 0; i < 4; i++) "
            "band(x - w * 0.56 + i * w * 0.14, y - h * 6.4 - i * ~9, x + w * 0.56 - i * w * 0.14, y - "
            'h * 6.4 - i * ~9, ~10, "#3a3a42"); '
            'for (const u of [-~50, ~50]) peak(x + u, y + ~150, ~50, "#6e6658");'
        ),
        (
            "band(x - ~40, y + ~120, x - ~40, y - ~90, ~58, C); "
            'band(x - ~84, y - ~92, x + ~4, y - ~92, ~12, "#3a3a42"); '
            'band(x - ~40, y - ~98, x - ~40, y - ~130, ~34, "#ffdc5a"); berry(x - ~40, y - ~140, ~44, '
            '"#3a3a42"); '
            "for (const v of [~50, -~10, -~60]) band(x - ~40, y + v, x - ~40, y + v - ~22, ~18, "
            '"#fff4d0"); '
            'band(x - ~8, y + ~90, x + ~100, y + ~90, ~60, "#f4ede0"); '
            "for (let i = 0; i < 4; i++) "
            "band(x - ~12 + i * ~8, y + ~58 - i * ~10, x + ~112 - i * ~8, y + ~58 - i * ~10, ~12, "
            '"#8a4a3a"); '
            'band(x + ~50, y + ~120, x + ~50, y + ~84, ~22, "#4a3a34"); '
            'ripples(x, y + ~150, ~240, "#4f88a4");'
        ),
        (
            "const h = ~38; "
            'for (const u of [-~60, ~60, 0]) peak(x + u, y + h * 4.2, h * 1.5, "#5f7f8c"); '
            "for (let i = 0; i < 6; i++) "
            'band(x, y + h * 3.4 - i * h, x, y + h * 2.4 - i * h, ~84 - i * ~8, i % 2 ? "#f4ede0" : '
            "C); "
            "band(x - h, y - h * 2.6, x + h, y - h * 2.6, ~12, C); "
            "berry(x, y - h * 3.4, ~40, C); "
            'band(x, y - h * 2.8, x, y - h * 3.5, ~34, "#ffdc5a"); '
            "for (const v of [2.4, 3.2, 4]) stem(x + h * 0.7, y - h * 3.1, x + ~130, y - h * v, "
            '"#f0c040");'
        ),
    ),
    "house": (
        (
            "const w = ~115, h = ~13; "
            'band(x + ~60, y - ~30, x + ~60, y - ~115, ~24, "#5a3a34"); '
            "band(x, y + ~130, x, y - ~10, w * 1.65, C); "
            "for (let i = 0; i < 8; i++) "
            "band(x - w + i * w * 0.12, y - h - i * h, x + w - i * w * 0.12, y - h - i * h, h * 1.15, "
            '"#7a4438"); '
            'band(x, y + ~130, x, y + ~60, ~40, "#4a3428"); '
            'for (const u of [-~62, ~62]) band(x + u, y + ~60, x + u, y + ~20, ~40, "#e8f2f6");'
        ),
        (
            "const w = ~150, h = ~16; "
            'band(x - ~70, y - ~40, x - ~70, y - ~118, ~26, "#a05a44"); '
            'band(x - w * 0.87, y + ~70, x + w * 0.87, y + ~70, ~110, "#f0e4cc"); '
            "for (let i = 0; i < 6; i++) band(x - w + i * ~10, y + h * 0.7 - i * h, x + w - i * ~10, "
            "y + h * 0.7 - i * h, h * 1.1, C); "
            'for (const u of [-~90, -~30, ~90]) band(x + u, y + ~80, x + u, y + ~44, ~34, "#5f86a0"); '
            'band(x + ~32, y + ~124, x + ~32, y + ~50, ~38, "#5a3a2a"); '
            'cloud(x - ~40, y - ~150, ~90, "#b8b4ae");'
        ),
        (
            "band(x, y + ~150, x, y - ~70, ~120, C); "
            "for (let i = 0; i < 5; i++) "
            "band(x - ~60 + i * ~12, y - ~80 - i * ~15, x + ~60 - i * ~12, y - ~80 - i * ~15, ~16, "
            "C); "
            "for (const u of [-~32, ~32]) for (const v of [~55, -~5, -~60]) band(x + u, y + v, x + u, "
            'y + v - ~38, ~30, "#e8f2f6"); '
            'band(x, y + ~150, x, y + ~84, ~36, "#3a2a28"); '
            'berry(x, y - ~104, ~26, "#e8f2f6");'
        ),
        (
            "const w = ~124, h = ~22; "
            "for (let i = 0; i < 11; i++) "
            "band(x - w + i * w * 0.09, y + h * 5.4 - i * h, x + w - i * w * 0.09, y + h * 5.4 - i * "
            'h, h * 1.1, "#caa478"); '
            "for (const u of [-1, 1]) band(x + u * w * 1.2, y + h * 6, x, y - h * 6.8, ~26, C); "
            'band(x, y + ~130, x, y + ~56, ~46, "#4a3428"); '
            'for (const u of [-~70, ~70]) band(x + u, y + ~100, x + u, y + ~64, ~34, "#e8f2f6"); '
            'band(x, y + ~10, x, y - ~36, ~44, "#e8f2f6");'
        ),
    ),
    "dragonfly": (
        (
            "for (const a of [-78, 78, -104, 104]) leaf(x, y - ~60, ~150, a, C); "
            'band(x, y - ~70, x, y + ~150, ~10, "#2e3a40"); '
            'leaf(x, y - ~10, ~70, 0, "#2e3a40"); '
            'for (const u of [-~12, ~12]) berry(x + u, y - ~94, ~24, "#2e3a40");'
        ),
        (
            'for (const a of [-40, -66, 114, 140]) leaf(x + ~30, y - ~30, ~150, a, "#9cbcc8"); '
            "for (let i = 0; i < 14; i++) berry(x + ~26 - i * ~11, y - ~26 + i * ~11, ~24 - i * ~1, "
            "C); "
            "berry(x + ~44, y - ~44, ~46, C); "
            'for (const [u, v] of [[~56, ~76], [~78, ~56]]) berry(x + u, y - v, ~28, "#2a2a30");'
        ),
        (
            'stem(x - ~90, y + ~170, x - ~90, y - ~150, "#7a8a4a"); '
            "for (const a of [24, 48, 140, 162]) leaf(x - ~40, y - ~20, ~150, a, C); "
            'band(x - ~50, y - ~24, x + ~150, y - ~4, ~10, "#2e3a40"); '
            'petal(x + ~10, y - ~18, ~80, -96, "#2e3a40"); '
            'for (const v of [~8, ~36]) berry(x - ~72, y - v, ~28, "#2e3a40"); '
            'for (const v of [~30, -~30]) stem(x - ~44, y - ~20, x - ~90, y + v, "#2e3a40");'
        ),
        (
            'for (const a of [-62, 62]) leaf(x, y - ~50, ~160, a, "#a8c6cc"); '
            'for (const a of [-96, 96]) leaf(x, y - ~40, ~150, a, "#a8c6cc"); '
            'for (const a of [-62, 62]) dabs(x + ~130 * Math.sin(a / 57), y - ~110, ~18, "#2a2a30"); '
            "for (let i = 0; i < 9; i++) band(x, y - ~20 + i * ~19, x, y + ~2 + i * ~19, ~18 - i * "
            "~1, C); "
            "petal(x, y + ~4, ~90, 0, C); "
            'for (const u of [-~14, ~14]) berry(x + u, y - ~86, ~28, "#2a2a30");'
        ),
    ),
    "sunflower": (
        (
            'band(x, y + ~160, x, y, ~12, "#5d8040"); '
            'for (const a of [-70, 70]) petal(x, y + ~130, ~100, a, "#5d8a48"); '
            "for (let a = 0; a < 360; a += 20) leaf(x, y - ~50, ~125, a, C); "
            "for (let a = 10; a < 360; a += 30) leaf(x, y - ~50, ~105, a, C); "
            'for (const c of ["#fff0c0", "#3a2010", "#2a160a", "#2a160a"]) berry(x, y - ~50, ~114, '
            "c); "
            'for (const s of [~100, ~60]) dabs(x, y - ~50, s, "#120a06");'
        ),
        (
            'band(x - ~60, y + ~160, x - ~44, y - ~80, ~12, "#5d8040"); '
            'stem(x - ~48, y - ~80, x + ~20, y - ~100, "#5d8040"); '
            "for (let a = 90; a <= 270; a += 18) leaf(x + ~20, y - ~60, ~130, a, C); "
            'for (const c of ["#fff0c0", "#3a2010", "#2a160a", "#2a160a"]) berry(x + ~20, y - ~24, '
            "~86, c); "
            'dabs(x + ~20, y - ~24, ~70, "#120a06"); '
            "for (const a of [-100, -60, -20, 20, 60, 100]) leaf(x + ~20, y - ~70, ~56, a, "
            '"#5d8a48"); '
            'for (const a of [-75, 80]) petal(x - ~54, y + ~100, ~90, a, "#5d8a48");'
        ),
        (
            'band(x - ~20, y + ~160, x, y, ~12, "#5d8040"); '
            "for (const a of [0, 22, -22, 44, -44]) leaf(x, y - ~60, ~84, a, C); "
            "for (const a of [66, -66, 90, -90, 112, -112]) leaf(x, y - ~50, ~140, a, C); "
            "for (const a of [135, -135, 158, -158, 180]) leaf(x, y - ~40, ~105, a, C); "
            'for (const c of ["#fff0c0", "#3a2010", "#2a160a"]) for (const u of [-~26, ~26, 0]) '
            "berry(x + u, y - ~54, ~76, c); "
            'dabs(x, y - ~54, ~90, "#120a06"); '
            'for (const a of [-60, 65]) petal(x - ~14, y + ~130, ~90, a, "#5d8a48");'
        ),
        (
            "for (const [u, v, s] of [[-~80, ~0, ~80], [~60, ~80, ~95]]) { "
            'band(x, y + ~160, x + u, y - v, ~9, "#5d8040"); '
            "for (let a = 0; a < 360; a += 24) leaf(x + u, y - v, s, a, C); "
            'for (const c of ["#fff0c0", "#3a2010", "#2a160a", "#2a160a"]) berry(x + u, y - v, s, c); '
            'dabs(x + u, y - v, s * 0.8, "#120a06"); } '
            'for (const a of [-70, 70]) petal(x, y + ~150, ~90, a, "#5d8a48");'
        ),
    ),
    "jellyfish": (
        (
            "for (let u = -3; u <= 3; u++) stem(x + u * ~26, y - ~20, x + u * ~32, y + ~160 - u * u * "
            "~6, C); "
            "for (const a of [-84, 84, -56, 56, -28, 28, 0]) petal(x, y - ~10, ~120, a, C); "
            "for (let u = -3; u <= 3; u++) berry(x + u * ~32, y - ~12, ~28, C);"
        ),
        (
            "for (const t of [-~70, -~42, -~14, ~14, ~42, ~70]) "
            "stem(x + ~30 + t * 0.7, y - ~20 + t * 0.7, x - ~80 + t * 0.9, y + ~100 + t * 0.5, C); "
            "for (const a of [-44, -18, 46, 108, 134, 14, 78]) petal(x + ~30, y - ~20, ~110, a, C); "
            "for (const t of [-~66, -~33, ~0, ~33, ~66]) berry(x + ~30 + t * 0.7, y - ~20 + t * 0.7, "
            "~36, C); "
            "for (const [u, v] of [[~40, ~90], [~90, ~70], [~90, ~30]]) berry(x + u, y - v, ~24, "
            '"#fff4ec");'
        ),
        (
            "for (const u of [-~48, -~16, ~16, ~48]) for (let i = 0; i < 9; i++) "
            "berry(x + u * (1 + i * 0.06), y - ~4 + i * ~17, ~34 - i * ~2.6, C); "
            "berry(x, y - ~60, ~170, C); "
            "band(x - ~84, y - ~20, x + ~84, y - ~20, ~22, C); "
            "for (const [u, v] of [[-~40, ~80], [~10, ~110], [~44, ~70]]) berry(x + u, y - v, ~24, "
            '"#fff4ec");'
        ),
        (
            "for (let u = -5; u <= 5; u++) stem(x + u * ~18, y - ~10, x + u * ~22, y + ~160 - u * u * "
            '~3, "#8fa4b8"); '
            "for (const u of [-~24, ~24, 0]) leaf(x + u, y - ~20, ~140, 180 - u * 0.3, C); "
            "for (const u of [-~44, ~44, -~20, ~20]) petal(x + u * 0.5, y - ~150, ~155, 180 - u * "
            "0.5, C); "
            "for (let u = -3; u <= 3; u++) dabs(x + u * ~26, y - ~4, ~24, C);"
        ),
    ),
    "windmill": (
        (
            "const w = ~56, h = ~24, n = ~26; "
            "for (let i = 0; i < 8; i++) "
            "band(x - w + i * w * 0.07, y + h * 6 - i * h, x + w - i * w * 0.07, y + h * 6 - i * h, h "
            "* 1.05, C); "
            'berry(x, y - ~46, ~66, "#4a3a34"); '
            "for (const [u, v] of [[1, 1], [-1, 1], [1, -1], [-1, -1]]) { "
            "band(x + u * n + v * n * 0.35, y - ~45 + v * n - u * n * 0.35, x + u * n * 3.8 + v * n * "
            "0.35, "
            'y - ~45 + v * n * 3.8 - u * n * 0.35, n, "#f6e8c8"); '
            'stem(x, y - ~45, x + u * n * 4, y - ~45 + v * n * 4, "#4a3428"); } '
            'band(x, y + ~155, x, y + ~105, ~28, "#3a2a24");'
        ),
        (
            "const w = ~54, h = ~26, n = ~26; "
            "for (let i = 0; i < 7; i++) "
            "band(x - w + i * w * 0.075, y + h * 5.6 - i * h, x + w - i * w * 0.075, y + h * 5.6 - i "
            '* h, h * 1.05, "#efe6d4"); '
            "for (let i = 0; i < 4; i++) "
            "band(x - w * 0.75 + i * w * 0.17, y - h * 1.4 - i * h * 0.45, x + w * 0.75 - i * w * "
            "0.17, y - h * 1.4 - i * h * 0.45, "
            'h * 0.55, "#5a3a34"); '
            "for (const [u, v] of [[0, 1], [0, -1], [1, 0], [-1, 0]]) { "
            "band(x + u * n + v * n * 0.5, y - ~45 + v * n + u * n * 0.5, x + u * n * 4.4 + v * n * "
            "0.5, y - ~45 + v * n * 4.4 + u * n * 0.5, "
            "n, C); "
            'stem(x, y - ~45, x + u * n * 4.6, y - ~45 + v * n * 4.6, "#4a3428"); } '
            'for (const v of [~140, ~80]) band(x, y + v, x, y + v - ~30, ~22, "#3a2a24");'
        ),
        (
            "for (const u of [-1, 1]) band(x + u * ~56, y + ~160, x + u * ~6, y - ~60, ~7, "
            '"#4a4440"); '
            "for (const [v, w] of [[~110, ~46], [~50, ~32], [~5, ~22]]) stem(x - w, y + v, x + w, y + "
            'v, "#4a4440"); '
            "for (let a = 0; a < 360; a += 30) { const s = Math.sin(a / 57.3), c = Math.cos(a / "
            "57.3); "
            "band(x + s * ~22, y - ~70 - c * ~22, x + s * ~88, y - ~70 - c * ~88, ~22, C); } "
            'band(x, y - ~70, x + ~130, y - ~70, ~6, "#4a4440"); '
            "band(x + ~100, y - ~70, x + ~140, y - ~70, ~44, C); "
            'berry(x, y - ~70, ~22, "#3a3430");'
        ),
        (
            'for (const u of [-~60, ~60]) band(x + u, y + ~155, x, y + ~40, ~9, "#4a3428"); '
            'band(x, y + ~155, x, y + ~40, ~14, "#4a3428"); '
            "band(x, y + ~80, x, y - ~40, ~100, C); "
            "for (let i = 0; i < 5; i++) "
            "band(x - ~60 + i * ~12, y - ~42 - i * ~13, x + ~60 - i * ~12, y - ~42 - i * ~13, ~15, "
            "C); "
            "for (const a of [20, 110, 200, 290]) { const s = Math.sin(a / 57.3), c = Math.cos(a / "
            "57.3); "
            "for (let k = 0; k < 2; k++) band(x + s * ~36, y - ~20 - c * ~36, x + s * ~130, y - ~20 - "
            'c * ~130, ~28, "#fff0cc"); '
            'stem(x, y - ~20, x + s * ~138, y - ~20 - c * ~138, "#3a2a24"); } '
            'berry(x, y - ~20, ~24, "#3a2a24");'
        ),
    ),
}
