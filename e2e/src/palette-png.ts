/** Writes a picture of a page with 256 colours at most: a page has few, and the file is a third of the size. */
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

interface Indexed {
  width: number;
  height: number;
  /** Red, green, blue, for each colour. */
  palette: number[];
  /** One byte for each pixel, in base64. */
  pixels: string;
}

/** @param png As the browser took it. @param page Any page; it decodes the picture. */
export async function withPalette(page: Page, png: Buffer): Promise<Buffer> {
  const { width, height, palette, pixels } = await page.evaluate(indexed, png.toString('base64'));
  const bytes = Buffer.from(pixels, 'base64');
  const rows = Array.from({ length: height }, (_, row) =>
    Buffer.concat([Buffer.of(0), bytes.subarray(row * width, (row + 1) * width)]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, by palette
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** In the browser: the 256 most frequent colours, and for every pixel the nearest of them. */
async function indexed(base64: string): Promise<Indexed> {
  const answer = await fetch(`data:image/png;base64,${base64}`);
  const image = await createImageBitmap(await answer.blob());
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colours = new Uint32Array(data.buffer);
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const kept = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 256)
    .map(([colour]) => colour);
  const parts = (colour: number) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255] as const;
  const distance = (a: number, b: number) =>
    parts(a).reduce((sum, part, index) => sum + (part - parts(b)[index]!) ** 2, 0);
  const nearest = new Map<number, number>();
  for (const colour of counts.keys()) {
    const best = kept.reduce((winner, other) => (distance(colour, other) < distance(colour, winner) ? other : winner));
    nearest.set(colour, kept.indexOf(best));
  }
  const pixels = Array.from(colours, (colour) => String.fromCharCode(nearest.get(colour)!)).join('');
  return { width, height, palette: kept.flatMap(parts), pixels: btoa(pixels) };
}
