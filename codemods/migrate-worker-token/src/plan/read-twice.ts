/** Reads the uses of an answer from where it first stands. */
import type { Module } from './module.js';
import { ResponseReader } from './response-reader.js';
import type { ResponseUsage } from './response-usage.js';
import type { StorageOperation } from './storage-operations.js';

/** Reads an answer's uses; twice, since a check may ask for names that come later. */
export function readTwice(
  module: Module,
  client: 'fetch' | 'axios',
  caching: StorageOperation[],
  start: (reader: ResponseReader) => void,
): ResponseUsage {
  const first = new ResponseReader(module, client, caching);
  start(first);
  if (!first.usage.usedForMore && first.usage.guards.size === 0) return first.usage;
  const second = new ResponseReader(module, client, caching, first.tracked);
  start(second);
  return second.usage;
}
