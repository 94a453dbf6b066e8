/** `localStorage` and `sessionStorage`, where they are to be had. Merely touching them may throw; that is met here. */
import { environment } from './environment.js';

/** What is needed of a Storage object. */
export interface WebStorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

export type WebStorageArea = 'local' | 'session';

/** Both areas; null: not to be had. */
export type WebStorageAreas = Readonly<
  Record<WebStorageArea, Pick<WebStorageLike, 'getItem' | 'setItem' | 'removeItem'> | null>
>;

/** Looked up at each use: it may be denied now and allowed later, and tests replace it. */
export function webStorageOf(area: WebStorageArea): WebStorageLike | null {
  try {
    return (area === 'local' ? environment.localStorage : environment.sessionStorage) ?? null;
  } catch {
    return null;
  }
}

export function browserAreas(): WebStorageAreas {
  return { local: webStorageOf('local'), session: webStorageOf('session') };
}

/** Null also where the area is denied. */
export function readItem(areas: WebStorageAreas, area: WebStorageArea, key: string): string | null {
  try {
    return areas[area]?.getItem(key) ?? null;
  } catch {
    return null;
  }
}
