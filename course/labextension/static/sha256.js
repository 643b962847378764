// SHA-256 (FIPS 180-4). The browser's own needs https or localhost; a hub in an office has neither.

const primes = [];
for (let candidate = 2; primes.length < 64; candidate++) {
  if (primes.every(prime => candidate % prime)) {
    primes.push(candidate);
  }
}
const fraction = value => Math.floor((value - Math.floor(value)) * 2 ** 32);
const START = primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
const ROUND = primes.map(prime => fraction(Math.cbrt(prime)));

const turned = (word, bits) => (word >>> bits) | (word << (32 - bits));

/** The SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  let state = START;
  for (let offset = 0; offset < padded.length; offset += 64) {
    state = absorbed(state, view, offset);
  }
  return state.map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function absorbed(state, view, offset) {
  const words = [];
  for (let i = 0; i < 64; i++) {
    if (i < 16) {
      words.push(view.getUint32(offset + 4 * i));
      continue;
    }
    const [early, late] = [words[i - 15], words[i - 2]];
    const low = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const high = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words.push((words[i - 16] + low + words[i - 7] + high) | 0);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + mixed + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const other = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (other + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
}
