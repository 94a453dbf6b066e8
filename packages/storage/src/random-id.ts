/** Names for writes, keys and tabs. Also where `crypto` is missing (an insecure origin): they are no secrets. */
import { environment } from './environment.js';

/** 16 lower-case hexadecimal digits. */
export function randomId(): string {
  const bytes = new Uint8Array(8);
  if (environment.crypto?.getRandomValues) environment.crypto.getRandomValues(bytes);
  else bytes.forEach((_, i) => (bytes[i] = Math.floor(Math.random() * 256)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
