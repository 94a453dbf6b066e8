// Whether two forms of the worker mean the same: spaces around values and the order of typing aside.
import type { WorkerForm } from '../types';

const FIELDS = ['environmentId', 'clientId', 'clientSecret', 'region'] as const;

export function sameWorker(one: WorkerForm, other: WorkerForm): boolean {
  return FIELDS.every((field) => one[field].trim() === other[field].trim()) && scopesOf(one) === scopesOf(other);
}

/** As they are saved: a worker has no use for `openid`. */
function scopesOf({ scopes }: WorkerForm): string {
  return scopes
    .split(/\s+/)
    .filter((scope) => scope && scope !== 'openid')
    .join(' ');
}
