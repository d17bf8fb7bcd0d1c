// Kubelka-Munk mixing by p5.brush 2.2.2, in 24 bands of light where the library has 38. Above stand LUMINANCE of white,
// LUMINANCE_TWO and LUMINANCE_ONE, and EACH_BAND(DO), which is DO(i, white, cyan, magenta, yellow, red, green, blue,
// toRed, toGreen, toBlue) for each vector of four bands: SwiftShader copies tables for each pixel, but not constants.

float uncompand(float x) { return x < 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4); }

float compand(float x) { return x < 0.0031308 ? x * 12.92 : 1.055 * pow(x, 1.0 / 2.4) - 0.055; }

// How much of white, of a secondary and of a primary colour makes a colour; two of each three are 0.
void part(vec3 srgb, out float white, out vec3 two, out vec3 one, out float luminance) {
  vec3 light = vec3(uncompand(srgb.r), uncompand(srgb.g), uncompand(srgb.b));
  white = min(light.r, min(light.g, light.b));
  light -= white;
  two = vec3(min(light.g, light.b), min(light.r, light.b), min(light.r, light.g));
  one = max(vec3(0.0), vec3(
    min(light.r - light.b, light.r - light.g),
    min(light.g - light.b, light.g - light.r),
    min(light.b - light.g, light.b - light.r)));
  luminance = max(1e-4, white * LUMINANCE + dot(two, LUMINANCE_TWO) + dot(one, LUMINANCE_ONE));
}

#define REFLECTANCE(white, two, one, W, C, M, Y, R, G, B) \
  max(vec4(1e-4), white * W + two.x * C + two.y * M + two.z * Y + one.x * R + one.y * G + one.z * B)

// Absorption over scattering.
vec4 absorption(vec4 reflectance) {
  vec4 rest = 1.0 - reflectance;
  return rest * rest / (2.0 * reflectance);
}
