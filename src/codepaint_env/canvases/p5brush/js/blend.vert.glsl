// A pigment is one for all pixels: its absorption is found here, at three corners.
uniform vec3 u_color;
out vec2 p;
flat out vec4 pigment[VECTORS];
flat out float pigmentLuminance;

#define DO(i, W, C, M, Y, R, G, B, toRed, toGreen, toBlue) \
  pigment[i] = absorption(REFLECTANCE(white, two, one, W, C, M, Y, R, G, B));

void main() {
  vec3 corner = vec3(-1);
  corner[gl_VertexID] = 3.0;
  p = corner.xy;
  gl_Position = vec4(corner.x, -corner.y, 0, 1);
  float white;
  vec3 two, one;
  part(u_color, white, two, one, pigmentLuminance);
  EACH_BAND(DO)
}
