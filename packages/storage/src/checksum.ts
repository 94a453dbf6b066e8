/** CRC-32 (ISO 3309), over UTF-16 code units, low byte first. It finds accidents, not attacks; encryption finds those. */

const POLYNOMIAL = 0xedb88320;

/** The remainder of each byte, then of each byte followed by one, two and three zero bytes; made when first needed. */
let table: Int32Array | undefined;

/** Eight lower-case hexadecimal digits. */
export function checksum(text: string): string {
  const remainders = (table ??= makeTable());
  const whole = text.length & ~1;
  let crc = -1;
  // Two units, four bytes, at a time: their remainders do not wait for each other ("slicing by four").
  for (let i = 0; i < whole; i += 2) {
    crc ^= text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
    crc =
      remainders[768 + (crc & 0xff)]! ^
      remainders[512 + ((crc >>> 8) & 0xff)]! ^
      remainders[256 + ((crc >>> 16) & 0xff)]! ^
      remainders[crc >>> 24]!;
  }
  if (whole < text.length) {
    crc ^= text.charCodeAt(whole);
    for (let byte = 0; byte < 2; byte++) crc = (crc >>> 8) ^ remainders[crc & 0xff]!;
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

function makeTable(): Int32Array {
  const remainders = Int32Array.from({ length: 1024 }, (_, byte) => {
    let crc = byte & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
  for (let i = 256; i < 1024; i++) {
    const shorter = remainders[i - 256]!;
    remainders[i] = (shorter >>> 8) ^ remainders[shorter & 0xff]!;
  }
  return remainders;
}
