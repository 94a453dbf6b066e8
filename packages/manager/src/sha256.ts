/**
 * SHA-256 (FIPS 180-4) in plain script, for pages without WebCrypto: browsers withhold `crypto.subtle` on insecure origins.
 * The same digest, so that a fingerprint stays equal when the origin becomes secure. Used for nothing but fingerprints.
 */
const PRIMES = firstPrimes(64);
const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

export function sha256(bytes: Uint8Array): Uint8Array {
  const blocks = new DataView(padded(bytes));
  const hash = [...INITIAL];
  for (let offset = 0; offset < blocks.byteLength; offset += 64) compress(hash, schedule(blocks, offset));
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

/** A one bit, zeros, and the length in bits, to a multiple of 64 bytes. */
function padded(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64);
  new Uint8Array(buffer).set(bytes);
  const view = new DataView(buffer);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(buffer.byteLength - 8, BigInt(bytes.length) * 8n);
  return buffer;
}

function schedule(blocks: DataView, offset: number): number[] {
  const words: number[] = [];
  for (let i = 0; i < 16; i++) words.push(blocks.getUint32(offset + i * 4));
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15]!;
    const late = words[i - 2]!;
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words.push((words[i - 16]! + s0 + words[i - 7]! + s1) >>> 0);
  }
  return words;
}

function compress(hash: number[], words: number[]): void {
  let [a, b, c, d, e, f, g, h] = hash as [number, number, number, number, number, number, number, number];
  words.forEach((word, i) => {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + ROUND[i]! + word;
    const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) >>> 0, c, b, a, (t1 + t2) >>> 0];
  });
  [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = (hash[i]! + value) >>> 0));
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
