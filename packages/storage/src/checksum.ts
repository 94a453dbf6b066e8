/** CRC-32 (ISO 3309), over UTF-16 code units. It finds accidents, not attacks; encryption finds those. */

const POLYNOMIAL = 0xedb88320;

/** The remainder of each byte; made when first needed. */
let table: Int32Array | undefined;

/** Eight lower-case hexadecimal digits. */
export function checksum(text: string): string {
  const remainders = (table ??= makeTable());
  let crc = -1;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    crc = (crc >>> 8) ^ remainders[(crc ^ unit) & 0xff]!;
    crc = (crc >>> 8) ^ remainders[(crc ^ (unit >>> 8)) & 0xff]!;
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
}
