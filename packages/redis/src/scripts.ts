/** What has to happen at once, in Lua: compared and written by Redis itself. Every script touches keys of one cluster slot only. */
import { createHash } from 'node:crypto';
import type { RedisScript } from './types.js';

function script(lua: string): RedisScript {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/** KEYS value. Gives the value and its milliseconds to live. */
export const READ = script(`
return { redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1]) }`);

/**
 * KEYS token, lease. ARGV owner, expected revision, value, ms to live, channel, message.
 *
 * The owner (empty: somebody without a turn) must still have the lease. The revision must be the expected one ('*': any; '': nothing
 * there); but a token that was removed does not stand in the way of its successor. Writes, ends the turn and tells everybody.
 * Gives what was done, and the revision that was there.
 */
export const COMMIT = script(`
local current = redis.call('GET', KEYS[1])
local revision = current and string.match(current, '^%d+') or ''
if ARGV[1] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[1] then return { 'over', revision } end
local successor = revision == '' and ARGV[1] ~= ''
if ARGV[2] ~= '*' and ARGV[2] ~= revision and not successor then return { 'conflict', revision } end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
if ARGV[1] ~= '' then redis.call('DEL', KEYS[2]) end
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'done', revision }`);

/** KEYS token. ARGV expected revision ('*': any; '': nothing there), channel, message. Gives what was done, and the revision that was there. */
export const REMOVE = script(`
local current = redis.call('GET', KEYS[1])
local revision = current and string.match(current, '^%d+') or ''
if ARGV[1] ~= '*' and ARGV[1] ~= revision then return { 'conflict', revision } end
if current then
  redis.call('DEL', KEYS[1])
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return { 'done', revision }`);

/** KEYS lease. ARGV owner, channel, message. Ends the turn if it is still that owner's. */
export const RELEASE = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1`);

/** KEYS value. ARGV value, ms to live. */
export const KEEP = script(`
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

/** KEYS value. */
export const FORGET = script(`
return redis.call('DEL', KEYS[1])`);

/** KEYS records. ARGV field. */
export const READ_RECORD = script(`
return redis.call('HGET', KEYS[1], ARGV[1])`);

/** KEYS records. Gives fields and values in turn. */
export const READ_RECORDS = script(`
return redis.call('HGETALL', KEYS[1])`);

/** KEYS records. ARGV field, expected revision ('': never written), value, channel, message. As COMMIT. */
export const COMPARE_AND_SET = script(`
local current = redis.call('HGET', KEYS[1], ARGV[1])
local revision = current and string.match(current, '^%d+') or ''
if ARGV[2] ~= revision then return { 'conflict', revision } end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return { 'done', revision }`);
