"""Writes maths.h: the tables of maths.c, each number the nearest double to the true one, from integers alone."""

from __future__ import annotations

BITS = 1600  # of every number here, after the binary point
ONE = 1 << BITS
WIDE = 10  # digits of 32 bits of a wide number in maths.c
LOG_CELLS, LOG_WRAP = 128, 54  # from 1 + 54/128 = 1.42 on, a logarithm is counted from the next power of two
POWERS, SINES, ANGLES = 128, 256, 128


def multiply(a: int, b: int) -> int:
    """Returns the product of two numbers."""
    return a * b >> BITS


def exponential(x: int) -> int:
    """Returns e to the power of a number in [0, 1]; Taylor."""
    total, term, n = 0, ONE, 1
    while term:
        total += term
        term = multiply(term, x) // n
        n += 1
    return total


def sine(x: int) -> int:
    """Returns the sine of a number in [0, 2]; Taylor."""
    total, term, n = 0, x, 2
    while term:
        total += term
        term = -(multiply(multiply(term, x), x) // (n * (n + 1)))
        n += 2
    return total


def inverse(numerator: int, denominator: int, sign: int) -> int:
    """Returns atan (sign -1) or atanh (sign 1) of a fraction in [0, 1/2]; Taylor."""
    total, power, n, square = 0, ONE * numerator // denominator, 1, numerator**2
    while power:
        total += power // n if sign > 0 or n % 4 == 1 else -(power // n)
        power = power * square // denominator**2
        n += 2
    return total


def angle(numerator: int, denominator: int) -> int:
    """Returns atan of a fraction in [0, 1]; above 1/2 by atan(q) = pi/4 - atan((1 - q)/(1 + q))."""
    if 2 * numerator <= denominator:
        return inverse(numerator, denominator, -1)
    return PI // 4 - inverse(denominator - numerator, denominator + numerator, -1)


def logarithm(numerator: int, denominator: int) -> int:
    """Returns log of a fraction in [1/2, 2] as 2 atanh((n - d)/(n + d))."""
    size = 2 * inverse(abs(numerator - denominator), numerator + denominator, 1)
    return size if numerator >= denominator else -size


PI = 4 * (4 * inverse(1, 5, -1) - inverse(1, 239, -1))  # Machin
LN2 = logarithm(2, 1)
LN10 = 3 * LN2 + logarithm(10, 8)


def near(x: int) -> float:
    """Returns the nearest double; Python divides integers correctly rounded."""
    return x / ONE


def split(x: int, *widths: int) -> str:
    """Returns parts whose sum is x: of so many leading bits each, and the nearest double to the rest."""
    parts = []
    for width in widths:
        cut = x.bit_length() - width
        parts.append(near(x >> cut << cut))
        x -= x >> cut << cut
    return "{" + ", ".join(part.hex() for part in (*parts, near(x))) + "}"


def pair(x: int) -> str:
    """Returns the nearest double and the nearest to what it leaves."""
    high = near(x)
    numerator, denominator = high.as_integer_ratio()
    return f"{{{high.hex()}, {near(x - numerator * ONE // denominator).hex()}}}"


def wide(x: int) -> str:
    """Returns a wide number, least digit first."""
    exponent = x.bit_length() - BITS
    digits = x >> (x.bit_length() - 32 * WIDE)
    return f"{{{{{', '.join(f'0x{digits >> 32 * i & 0xFFFFFFFF:x}u' for i in range(WIDE))}}}, {exponent}, false}}"


def write_header() -> str:
    """Returns the text of maths.h."""
    reciprocals = [round(4096 * LOG_CELLS / (LOG_CELLS + i)) for i in range(LOG_CELLS + 1)]
    logs = [logarithm(4096, 2 * c if i >= LOG_WRAP else c) for i, c in enumerate(reciprocals)]
    cells = (f"{{{(c / 4096).hex()}, {pair(log)}}}" for c, log in zip(reciprocals, logs, strict=True))
    over_pi = 2 * ONE * ONE // PI
    digits = (f"0x{over_pi >> (BITS - 32 * (i + 1)) & 0xFFFFFFFF:x}u" for i in range(32 + WIDE))
    tables = {
        "Pair POWERS[]": (pair(exponential(LN2 * i // POWERS)) for i in range(POWERS)),
        "Pair SINES[]": (pair(sine(PI * i // (2 * SINES))) for i in range(SINES + 1)),
        "Pair ANGLES[]": (pair(angle(i, ANGLES)) for i in range(ANGLES + 1)),
        "Cell LOGS[]": cells,
        "uint32_t TWO_OVER_PI[]": digits,
    }
    numbers = {
        "double POWER_STEP[3]": split(LN2 // POWERS, 35, 35),
        "double SINE_STEP[3]": split(PI // (2 * SINES), 28, 28),
        "Pair LN2": split(LN2, 42),
        "Pair PI": pair(PI),
        "Pair HALF_PI": pair(PI // 2),
        "Pair THIRD": pair(ONE // 3),
        "Pair LOG2_E": pair(ONE * ONE // LN2),
        "Pair LOG10_E": pair(ONE * ONE // LN10),
        "Wide WIDE_LN2": wide(LN2),
        "Wide WIDE_LN10": wide(LN10),
        "Wide WIDE_HALF_PI": wide(PI // 2),
    }
    return "".join(
        [
            f"enum {{ LOG_WRAP = {LOG_WRAP} }};\n",
            *(f"static const {name} = {{{', '.join(values)}}};\n" for name, values in tables.items()),
            *(f"static const {name} = {value};\n" for name, value in numbers.items()),
        ]
    )
