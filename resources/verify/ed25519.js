// Ed25519 signatures (RFC 8032), checked only. Numbers modulo p = 2^255 - 19 are twelve limbs of
// 22 bits, so that sums of products stay exact in a double: no big integers are needed.
const Ed25519 = (() => {
  "use strict";

  const LIMBS = 12;
  const BASE = 0x400000; // 2^22
  const FOLD = 9728; // 2^264 modulo p

  // SHA-512: each word is two halves of 32 bits

  const words = (hex) => hex.match(/.{8}/g).map((half) => parseInt(half, 16) | 0);

  const H0 = words(
    "6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1510e527fade682d1" +
    "9b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179"
  );

  const K = words(
    "428a2f98d728ae227137449123ef65cdb5c0fbcfec4d3b2fe9b5dba58189dbbc3956c25bf348b538" +
    "59f111f1b605d019923f82a4af194f9bab1c5ed5da6d8118d807aa98a303024212835b0145706fbe" +
    "243185be4ee4b28c550c7dc3d5ffb4e272be5d74f27b896f80deb1fe3b1696b19bdc06a725c71235" +
    "c19bf174cf692694e49b69c19ef14ad2efbe4786384f25e30fc19dc68b8cd5b5240ca1cc77ac9c65" +
    "2de92c6f592b02754a7484aa6ea6e4835cb0a9dcbd41fbd476f988da831153b5983e5152ee66dfab" +
    "a831c66d2db43210b00327c898fb213fbf597fc7beef0ee4c6e00bf33da88fc2d5a79147930aa725" +
    "06ca6351e003826f142929670a0e6e7027b70a8546d22ffc2e1b21385c26c9264d2c6dfc5ac42aed" +
    "53380d139d95b3df650a73548baf63de766a0abb3c77b2a881c2c92e47edaee692722c851482353b" +
    "a2bfe8a14cf10364a81a664bbc423001c24b8b70d0f89791c76c51a30654be30d192e819d6ef5218" +
    "d69906245565a910f40e35855771202a106aa07032bbd1b819a4c116b8d2d0c81e376c085141ab53" +
    "2748774cdf8eeb9934b0bcb5e19b48a8391c0cb3c5c95a634ed8aa4ae3418acb5b9cca4f7763e373" +
    "682e6ff3d6b2b8a3748f82ee5defb2fc78a5636f43172f6084c87814a1f0ab728cc702081a6439ec" +
    "90befffa23631e28a4506cebde82bde9bef9a3f7b2c67915c67178f2e372532bca273eceea26619c" +
    "d186b8c721c0c207eada7dd6cde0eb1ef57d4f7fee6ed17806f067aa72176fba0a637dc5a2c898a6" +
    "113f9804bef90dae1b710b35131c471b28db77f523047d8432caab7b40c724933c9ebe0a15c9bebc" +
    "431d67c49c100d4c4cc5d4becb3e42b6597f299cfc657e2a5fcb6fab3ad6faec6c44198c4a475817"
  );

  function sha512(message) {
    const padded = new Uint8Array(Math.ceil((message.length + 17) / 128) * 128);
    padded.set(message);
    padded[message.length] = 0x80;
    for (let at = 1, bits = message.length * 8; bits > 0; at++, bits = Math.floor(bits / 256)) {
      padded[padded.length - at] = bits % 256;
    }
    const state = H0.slice();
    for (let at = 0; at < padded.length; at += 128) {
      compress(state, padded, at);
    }
    const digest = new Uint8Array(64);
    state.forEach((half, n) => [24, 16, 8, 0].forEach((by, m) => {
      digest[4 * n + m] = half >>> by;
    }));
    return digest;
  }

  // Sums of words, as pairs [high, low].

  function sum(...pairs) {
    let high = 0;
    let low = 0;
    for (const [h, l] of pairs) {
      low += l >>> 0;
      high += h >>> 0;
    }
    return [(high + Math.floor(low / 0x100000000)) | 0, low | 0];
  }

  function turned([high, low], by) {
    const [h, l] = by < 32 ? [high, low] : [low, high];
    const rest = by % 32;
    return [(h >>> rest) | (l << (32 - rest)), (l >>> rest) | (h << (32 - rest))];
  }

  const shifted = ([high, low], by) => [high >>> by, (low >>> by) | (high << (32 - by))];
  const either = (...pairs) => pairs.reduce((a, b) => [a[0] ^ b[0], a[1] ^ b[1]]);
  const both = (a, b) => [a[0] & b[0], a[1] & b[1]];

  function schedule(block, at) {
    const w = [];
    for (let n = 0; n < 16; n++) {
      const half = (from) =>
        (block[from] << 24) | (block[from + 1] << 16) | (block[from + 2] << 8) | block[from + 3];
      w.push([half(at + 8 * n), half(at + 8 * n + 4)]);
    }
    for (let n = 16; n < 80; n++) {
      const a = w[n - 15];
      const b = w[n - 2];
      const first = either(turned(a, 1), turned(a, 8), shifted(a, 7));
      const second = either(turned(b, 19), turned(b, 61), shifted(b, 6));
      w.push(sum(w[n - 16], first, w[n - 7], second));
    }
    return w;
  }

  function compress(state, block, at) {
    const w = schedule(block, at);
    let v = [];
    for (let n = 0; n < 16; n += 2) {
      v.push([state[n], state[n + 1]]);
    }
    for (let n = 0; n < 80; n++) {
      const [a, b, c, d, e, f, g, h] = v;
      const chosen = [(e[0] & f[0]) ^ (~e[0] & g[0]), (e[1] & f[1]) ^ (~e[1] & g[1])];
      const mixed = either(turned(e, 14), turned(e, 18), turned(e, 41));
      const one = sum(h, mixed, chosen, [K[2 * n], K[2 * n + 1]], w[n]);
      const most = either(both(a, b), both(a, c), both(b, c));
      const two = sum(either(turned(a, 28), turned(a, 34), turned(a, 39)), most);
      v = [sum(one, two), a, b, c, sum(d, one), e, f, g];
    }
    v.forEach((pair, n) => {
      [state[2 * n], state[2 * n + 1]] = sum([state[2 * n], state[2 * n + 1]], pair);
    });
  }

  // Numbers modulo p

  function number(bytes) {
    const limbs = new Array(LIMBS).fill(0);
    for (let bit = 0; bit < 255; bit++) {
      if ((bytes[bit >> 3] >> (bit & 7)) & 1) {
        limbs[Math.floor(bit / 22)] += 2 ** (bit % 22);
      }
    }
    return limbs;
  }

  const ZERO = number([]);
  const ONE = number([1]);

  function carried(limbs) {
    for (let round = 0; round < 2; round++) {
      let carry = 0;
      for (let n = 0; n < LIMBS; n++) {
        const value = limbs[n] + carry;
        carry = Math.floor(value / BASE);
        limbs[n] = value - carry * BASE;
      }
      limbs[0] += carry * FOLD;
    }
    return limbs;
  }

  const plus = (a, b) => carried(a.map((limb, n) => limb + b[n]));
  const minus = (a, b) => carried(a.map((limb, n) => limb - b[n]));

  function times(a, b) {
    const wide = new Array(2 * LIMBS + 1).fill(0);
    for (let n = 0; n < LIMBS; n++) {
      const limb = a[n];
      for (let m = 0; m < LIMBS; m++) {
        wide[n + m] += limb * b[m];
      }
    }
    for (let n = 0; n < 2 * LIMBS; n++) {
      const carry = Math.floor(wide[n] / BASE);
      wide[n] -= carry * BASE;
      wide[n + 1] += carry;
    }
    wide[LIMBS] += wide[2 * LIMBS] * FOLD;
    const low = wide.slice(0, LIMBS);
    return carried(low.map((limb, n) => limb + FOLD * wide[n + LIMBS]));
  }

  // The number to a power of so many bits, all ones but those named.
  function power(value, bits, zeros) {
    let result = ONE;
    for (let bit = bits - 1; bit >= 0; bit--) {
      result = times(result, result);
      if (!zeros.includes(bit)) {
        result = times(result, value);
      }
    }
    return result;
  }

  function bytesOf(value) {
    const limbs = carried(value.slice());
    for (let round = 0; round < 3; round++) {
      const above = Math.floor(limbs[LIMBS - 1] / 0x2000); // bits from 255 on
      limbs[LIMBS - 1] -= above * 0x2000;
      limbs[0] += above * 19;
      carried(limbs);
    }
    const over = limbs.slice();
    over[0] += 19;
    carried(over);
    if (over[LIMBS - 1] >= 0x2000) { // it was p or more
      over[LIMBS - 1] -= 0x2000;
      return packed(over);
    }
    return packed(limbs);
  }

  function packed(limbs) {
    const bytes = new Uint8Array(32);
    for (let bit = 0; bit < 256; bit++) {
      bytes[bit >> 3] |= (Math.floor(limbs[Math.floor(bit / 22)] / 2 ** (bit % 22)) % 2) << (bit & 7);
    }
    return bytes;
  }

  const same = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n]);
  const equal = (a, b) => same(bytesOf(a), bytesOf(b));
  const constant = (hex) => number(hex.match(/../g).reverse().map((byte) => parseInt(byte, 16)));

  const D = constant("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");
  const D2 = plus(D, D);
  const ROOT = constant("2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0"); // of -1

  // Points [X, Y, Z, T] with x = X/Z, y = Y/Z, x·y = T/Z

  function point(x, y) {
    return [x, y, ONE, times(x, y)];
  }

  const NEUTRAL = point(ZERO, ONE);
  const GENERATOR = point(
    constant("216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
    constant("6666666666666666666666666666666666666666666666666666666666666658"),
  );

  function added(one, other) {
    const [x1, y1, z1, t1] = one;
    const [x2, y2, z2, t2] = other;
    const a = times(minus(y1, x1), minus(y2, x2));
    const b = times(plus(y1, x1), plus(y2, x2));
    const c = times(times(t1, D2), t2);
    const d = times(plus(z1, z1), z2);
    const [e, f, g, h] = [minus(b, a), minus(d, c), plus(d, c), plus(b, a)];
    return [times(e, f), times(g, h), times(f, g), times(e, h)];
  }

  function doubled([x, y, z]) {
    const [xx, yy, zz, xy] = [times(x, x), times(y, y), times(z, z), plus(x, y)];
    const h = plus(xx, yy);
    const e = minus(h, times(xy, xy));
    const g = minus(xx, yy);
    const f = plus(plus(zz, zz), g);
    return [times(e, f), times(g, h), times(f, g), times(e, h)];
  }

  // The negative of the point that 32 bytes encode, or null.
  function negative(bytes) {
    const y = number(bytes);
    const yy = times(y, y);
    const u = minus(yy, ONE);
    const v = plus(times(yy, D), ONE);
    const v3 = times(times(v, v), v);
    const uv3 = times(u, v3);
    const uv7 = times(uv3, times(v3, v));
    let x = times(uv3, power(uv7, 252, [1]));
    const found = times(v, times(x, x));
    if (!equal(found, u)) {
      if (!equal(found, minus(ZERO, u))) {
        return null;
      }
      x = times(x, ROOT);
    }
    const odd = bytesOf(x)[0] & 1;
    return point(odd === bytes[31] >> 7 ? minus(ZERO, x) : x, y);
  }

  function encoded([x, y, z]) {
    const inverse = power(z, 255, [2, 4]);
    const bytes = bytesOf(times(y, inverse));
    bytes[31] |= (bytesOf(times(x, inverse))[0] & 1) << 7;
    return bytes;
  }

  // Numbers modulo the order of the group, as bytes from the lowest on

  const ORDER = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"
    .match(/../g).reverse().map((byte) => parseInt(byte, 16));

  function below(a, b) {
    for (let n = 31; n >= 0; n--) {
      if (a[n] !== b[n]) {
        return a[n] < b[n];
      }
    }
    return false;
  }

  function reduced(bytes) {
    const rest = new Uint8Array(32);
    for (let bit = bytes.length * 8 - 1; bit >= 0; bit--) {
      let carry = (bytes[bit >> 3] >> (bit & 7)) & 1;
      for (let n = 0; n < 32; n++) {
        const value = 2 * rest[n] + carry;
        rest[n] = value & 255;
        carry = value >> 8;
      }
      if (!below(rest, ORDER)) {
        let borrow = 0;
        for (let n = 0; n < 32; n++) {
          const value = rest[n] - ORDER[n] - borrow;
          rest[n] = value & 255;
          borrow = value < 0 ? 1 : 0;
        }
      }
    }
    return rest;
  }

  // a·A + b·B in one pass
  function combined(a, pointA, b, pointB) {
    const table = [null, pointA, pointB, added(pointA, pointB)];
    let result = NEUTRAL;
    for (let bit = 252; bit >= 0; bit--) {
      result = doubled(result);
      const which = ((a[bit >> 3] >> (bit & 7)) & 1) + 2 * ((b[bit >> 3] >> (bit & 7)) & 1);
      if (which) {
        result = added(result, table[which]);
      }
    }
    return result;
  }

  // Whether the owner of a public key signed a message; all are arrays of bytes.
  function verify(signature, message, publicKey) {
    if (signature.length !== 64 || publicKey.length !== 32) {
      return false;
    }
    const r = signature.slice(0, 32);
    const s = signature.slice(32);
    const minusA = negative(publicKey);
    if (minusA === null || !below(s, ORDER)) {
      return false;
    }
    const hashed = new Uint8Array(64 + message.length);
    hashed.set(r);
    hashed.set(publicKey, 32);
    hashed.set(message, 64);
    const h = reduced(sha512(hashed));
    return same(encoded(combined(h, minusA, s, GENERATOR)), r);
  }

  return { sha512, verify };
})();
