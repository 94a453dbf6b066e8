/** A secret as it may lie about: as it is, in an address, in JSON, in an `Authorization: Basic` header, in base64. */

/** Base64 depends on what stands before the secret, so there are three of it; what touches other bytes at the ends is left off. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from('x'.repeat(before) + secret).toString('base64');
    return text.slice(before === 0 ? 0 : 4, -4).replace(/=+$/, '');
  });
}

export function secretForms(secret: string): readonly string[] {
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return [...new Set([...plain, ...plain.flatMap(inBase64)])];
}
