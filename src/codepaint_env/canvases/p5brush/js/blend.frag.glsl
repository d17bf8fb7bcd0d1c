uniform bool u_isBrush;
uniform bool u_targetIsFramebuffer;
uniform sampler2D u_source;
uniform sampler2D u_mask;
uniform vec3 u_color;
in vec2 p;
flat in vec4 pigment[VECTORS];
flat in float pigmentLuminance;
out vec4 outColor;

// SwiftShader runs both sides of an `if`, but a loop only while a lane is in it.
#define ONLY_IF(condition) for (bool go = condition; go; go = false)

float gradient(float alpha) {
  return smoothstep(0.05, 0.35, length(vec2(dFdx(alpha), dFdy(alpha))));
}

#define DO_DARK(i, W, C, M, Y, R, G, B, toRed, toGreen, toBlue) \
  ink[i] = absorption(REFLECTANCE(white, two, one, W, C, M, Y, R, G, B));

#define DO(i, W, C, M, Y, R, G, B, toRed, toGreen, toBlue) \
  ks = absorption(REFLECTANCE(white, two, one, W, C, M, Y, R, G, B)) * shareBelow + ink[i] * shareAbove; \
  ks = 1.0 + ks - sqrt(ks * ks + 2.0 * ks); \
  light += vec3(dot(ks, toRed), dot(ks, toGreen), dot(ks, toBlue));

void main() {
  vec2 uv = 0.5 * p + 0.5, flipped = vec2(uv.x, 1.0 - uv.y), at = u_targetIsFramebuffer ? flipped : uv;
  vec4 source = texture(u_source, flipped);
  float mask = texture(u_mask, at).a;
  float amount = min(mask, 1.0);
  // Derivatives come before anything that depends on the pixel: after it GLSL leaves them undefined.
  ONLY_IF(!u_isBrush) {
    ivec2 size = textureSize(u_mask, 0), texel = ivec2(floor(at * vec2(size)));
    float edges = 0.0;
    for (int i = -2; i <= 2; i += 2) {
      for (int j = -2; j <= 2; j += 2) {
        float alpha = texelFetch(u_mask, clamp(texel + ivec2(i, j), ivec2(0), size - 1), 0).a;
        edges += gradient(15.0 * alpha);
      }
    }
    amount = clamp(mask + edges / 9.0 * 0.1, 0.0, 1.0);
  }
  outColor = source;
  ONLY_IF(mask != 0.0) {
    float white, luminance, inkLuminance = pigmentLuminance;
    vec3 two, one;
    vec4 ink[VECTORS] = pigment;
    ONLY_IF(u_isBrush && mask > 0.7) {
      float dark = 0.5 * (amount - 0.7);
      part(max(vec3(0.0), u_color * (1.0 - dark) - 0.5 * dark), white, two, one, inkLuminance);
      EACH_BAND(DO_DARK)
    }
    part(mix(vec3(1.0), source.rgb, source.a), white, two, one, luminance);
    float below = (1.0 - amount) * (1.0 - amount) * luminance, above = amount * amount * inkLuminance;
    float shareBelow = below / (below + above), shareAbove = above / (below + above);
    vec4 ks;
    vec3 light = vec3(0.0);
    EACH_BAND(DO)
    outColor = vec4(clamp(vec3(compand(light.r), compand(light.g), compand(light.b)), 0.0, 1.0), 1.0);
  }
}
