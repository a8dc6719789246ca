// Solves the puzzle of a first page while somebody types: SHA-256 of "challenge:number" must begin with zero bits.
"use strict";

const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let isPrime = true;
  for (let by = 2; by * by <= candidate; by++) if (candidate % by === 0) { isPrime = false; break; }
  if (!isPrime) continue;
  if (found < 8) START[found] = (Math.sqrt(candidate) % 1) * 0x100000000;
  K[found++] = (Math.cbrt(candidate) % 1) * 0x100000000;
}

const W = new Uint32Array(64);

// The first 32 bits of the hash of one block; `block` holds 16 words.
function hash(block) {
  for (let i = 0; i < 16; i++) W[i] = block[i];
  for (let i = 16; i < 64; i++) {
    const a = W[i - 15], b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (START[0] + a) >>> 0;
}

function blockOf(text) {
  const block = new Uint32Array(16);
  for (let i = 0; i < text.length; i++) block[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i % 4));
  block[text.length >> 2] |= 0x80 << (24 - 8 * (text.length % 4));
  block[15] = text.length * 8;
  return block;
}

onmessage = ({ data: { challenge, bits } }) => {
  for (let number = 0; ; number++) {
    const proof = `${challenge}:${number}`;
    if (hash(blockOf(proof)) >>> (32 - bits) === 0) {
      postMessage(proof);
      return;
    }
  }
};
