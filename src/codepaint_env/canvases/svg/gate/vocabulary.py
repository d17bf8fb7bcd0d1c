"""The elements, attributes and properties of SVG that reach the drawing; everything else is left out."""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"

SHAPES = frozenset({"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"})
PRIMITIVES = frozenset({
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDropShadow", "feFlood", "feGaussianBlur", "feMerge", "feMorphology", "feOffset",
    "feSpecularLighting", "feTile", "feTurbulence",
})  # fmt: skip
LETTERS = frozenset({"text", "tspan", "textPath"})
SERVERS = frozenset({"linearGradient", "radialGradient", "pattern", "clipPath", "mask", "marker", "filter"})
ELEMENTS = (
    SHAPES
    | PRIMITIVES
    | LETTERS
    | SERVERS
    | {"svg", "g", "a", "defs", "symbol", "use", "switch", "stop", "style"}
    | {"feDistantLight", "fePointLight", "feSpotLight", "feMergeNode"}
    | {"feFuncA", "feFuncB", "feFuncG", "feFuncR"}
)

# Properties that an attribute, a style attribute and a style sheet may set.
PROPERTIES = frozenset({
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
    "color-interpolation-filters", "direction", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
    "filter", "flood-color", "flood-opacity", "font-family", "font-size", "font-stretch", "font-style",
    "font-variant", "font-weight", "letter-spacing", "lighting-color", "marker-end", "marker-mid", "marker-start",
    "mask", "mask-type", "opacity", "overflow", "paint-order", "shape-rendering", "stop-color", "stop-opacity",
    "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-rendering", "transform",
    "transform-origin", "vector-effect", "visibility", "word-spacing", "writing-mode",
})  # fmt: skip
# Those that resvg reads in a style only.
STYLE_ONLY = frozenset({"isolation", "mix-blend-mode"})
OWN = frozenset({
    "clip-path", "display", "filter", "flood-color", "flood-opacity", "isolation", "lighting-color", "mask",
    "mix-blend-mode", "opacity", "overflow", "stop-color", "stop-opacity", "text-decoration", "transform",
    "transform-origin", "alignment-baseline", "dominant-baseline", "baseline-shift",
})  # fmt: skip
"""Properties that children do not inherit."""

LENGTHS = frozenset({
    "cx", "cy", "fr", "fx", "fy", "height", "markerHeight", "markerWidth", "r", "refX", "refY", "rx", "ry",
    "startOffset", "stroke-dashoffset", "stroke-width", "textLength", "width", "x1", "x2", "y1", "y2",
    "letter-spacing", "word-spacing", "font-size",
})  # fmt: skip
NUMBERS = frozenset({
    "amplitude", "azimuth", "baseFrequency", "bias", "diffuseConstant", "divisor", "elevation", "exponent",
    "intercept", "k1", "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength", "limitingConeAngle", "numOctaves",
    "order", "pointsAtX", "pointsAtY", "pointsAtZ", "radius", "scale", "seed", "slope", "specularConstant",
    "specularExponent", "stdDeviation", "stroke-miterlimit", "surfaceScale", "tableValues", "targetX", "targetY", "z",
    "values",
})  # fmt: skip
"""Attributes whose value is a list of numbers."""

LENGTH_LISTS = frozenset({"x", "y", "dx", "dy", "rotate", "stroke-dasharray"})
WORDS = frozenset({
    "clipPathUnits", "edgeMode", "filterUnits", "gradientUnits", "in", "in2", "lengthAdjust", "markerUnits",
    "maskContentUnits", "maskUnits", "mode", "offset", "operator", "orient", "patternContentUnits", "patternUnits",
    "preserveAlpha", "primitiveUnits", "requiredExtensions", "requiredFeatures", "result", "side", "spreadMethod",
    "stitchTiles", "systemLanguage", "type", "xChannelSelector", "yChannelSelector",
    "method", "spacing",
})  # fmt: skip
TRANSFORMS = frozenset({"transform", "gradientTransform", "patternTransform"})
FOLLOWED = frozenset({"use", "linearGradient", "radialGradient", "pattern", "filter", "textPath"})
"""Elements whose `href` means something."""

LINKS = ("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end", "fill", "stroke")
"""Properties that refer to an element by `url(#id)`."""
