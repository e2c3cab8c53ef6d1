/** Which 32 bytes are a public key that may be trusted: what samtycke-tlog asks, and WebCrypto of most engines does not. */

const P = 2n ** 255n - 19n;
/** The curve's constant: -121665 / 121666. */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** The y of a point of order 8; the other is its negative. */
const SMALL_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
/** The y of the points whose order divides 8: neutral, of order 2, 4 and 8 (twice). */
const SMALL = new Set([0n, 1n, P - 1n, SMALL_Y, P - SMALL_Y]);

/** The y coordinate of an encoded point (RFC 8032, section 5.1.3): little endian, without the sign of x. */
function yOf(bytes: Uint8Array): bigint {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .reverse()
    .join('');
  return BigInt(`0x${hex}`) & (2n ** 255n - 1n);
}

/** Whether it is a point of small order, under which one signature holds for many messages. */
export function hasSmallOrder(bytes: Uint8Array): boolean {
  return SMALL.has(yOf(bytes) % P);
}

/** Whether 32 bytes are a point of the curve in its one spelling, and not of small order. */
export function isPoint(bytes: Uint8Array): boolean {
  const y = yOf(bytes);
  if (y >= P || SMALL.has(y)) return false;
  const square = (y * y) % P;
  // x^2 = (y^2 - 1) / (d y^2 + 1); a quotient is a square where the product is.
  const product = ((square - 1n + P) * (D * square + 1n)) % P;
  return power(product, (P - 1n) / 2n) === 1n;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, factor] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P;
    factor = (factor * factor) % P;
  }
  return result;
}
