/** Applies text spans. What lies between them stays byte for byte. */
import MagicString from 'magic-string';
import type { Edit } from '../types.js';

export function applyEdits(text: string, edits: readonly Pick<Edit, 'start' | 'end' | 'text'>[]): string {
  const result = new MagicString(text);
  for (const edit of edits) {
    if (edit.start === edit.end) result.appendLeft(edit.start, edit.text);
    else if (edit.text === '') result.remove(edit.start, edit.end);
    else result.overwrite(edit.start, edit.end, edit.text);
  }
  return result.toString();
}
