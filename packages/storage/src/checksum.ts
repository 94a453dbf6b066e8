/** CRC-32 (ISO 3309), over UTF-16 code units. It finds accidents, not attacks; encryption finds those. */

const POLYNOMIAL = 0xedb88320;

/** Eight lower-case hexadecimal digits. */
export function checksum(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    crc = addByte(addByte(crc, unit & 0xff), unit >>> 8);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

function addByte(crc: number, byte: number): number {
  let next = crc ^ byte;
  for (let bit = 0; bit < 8; bit++) next = next & 1 ? (next >>> 1) ^ POLYNOMIAL : next >>> 1;
  return next;
}
