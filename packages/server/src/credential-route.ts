/**
 * The server side of `httpTier`: records of flows, kept in files or another tier of this server. What a page saves is kept whole; what
 * it reads lacks the secret fields. The contract is docs/tiers/http.md.
 */
import type { CredentialStorageOptions, FlowDefinition, StorageTier, TierRecord } from '@worker-token/storage';
import { isReservedSlot, KEY_PREFIX, slotOfPhysicalKey } from '@worker-token/storage/records';
import { createCredentialRecords, type CredentialRecords } from './credential-records.js';
import { type CredentialRule, ruleOfFlow, ruleOfWorkerCredentials, WORKER_CREDENTIALS } from './credential-rules.js';
import { ServerOptionError } from './errors.js';
import { jsonAnswer, textAnswer } from './json-answer.js';
import type { CustomHeader } from './origin-check.js';
import { readJson } from './read-body.js';
import { Refusal } from './refusal.js';
import { type Admitted, createRoute } from './route.js';
import type { RouteHandler, RouteOptions } from './types.js';

export interface CredentialRouteOptions extends RouteOptions {
  /** The flows that may be kept here, and which of their fields are secret (`defineFlow`). */
  flows: readonly Pick<FlowDefinition<unknown>, 'key' | 'secretFields'>[];
  /** Also the shared worker credentials, without their secret. The worker token never. Default false. */
  workerCredentials?: boolean;
  /** Where records are kept; a function: for each session its own. Default `fileTier()` of `@worker-token/storage/node`. */
  tier?: StorageTier | ((session: string) => StorageTier);
  /** At rest, as in `createCredentialStorage`. Default `preferred`. */
  encryption?: NonNullable<CredentialStorageOptions['encryption']>;
  /** As in a storage of this server that shall read the same records. Default none. */
  appId?: string;
  /** Where the route is mounted. Default `/api/credentials`. */
  basePath?: string;
}

interface Place {
  tier: StorageTier;
  records: CredentialRecords;
}

const HEADER: CustomHeader = ['X-Worker-Token', '1'];
const NAME = 'the credential route';
const MAX_PREFIX = 100;

/**
 * Every request needs the header `X-Worker-Token: 1`, which `httpTier` sends. Defaults: 300 requests a minute and session, 256 KiB, 10 s.
 *
 * @throws ServerOptionError for an option that is missing or cannot be.
 */
export function createCredentialRoute(options: CredentialRouteOptions): RouteHandler {
  const rules = rulesOf(options);
  const { basePath = '/api/credentials' } = options;
  const placeOf = createPlaces(options);

  async function list({ request, session }: Admitted): Promise<Response> {
    const prefix = new URL(request.url).searchParams.get('prefix') ?? KEY_PREFIX;
    if (prefix.length > MAX_PREFIX) throw new Refusal(400, 'invalid_request', 'Expected a shorter prefix.');
    const { tier, records } = await placeOf(session);
    const shown = [];
    for (const [key, record] of await entriesOf(tier, prefix)) {
      const rule = rules.get(key);
      if (rule) shown.push({ key, ...(await records.show(slotOf(key), rule, record)) });
    }
    return jsonAnswer(200, { records: shown.filter(({ text }) => text !== null) });
  }

  async function read(key: string, { session }: Admitted): Promise<Response> {
    const rule = rules.get(key);
    const { tier, records } = await placeOf(session);
    const record = rule ? await tier.get(key) : null;
    if (!rule || !record) throw new Refusal(404, 'not_found', 'Nothing was ever kept here under this key.');
    return jsonAnswer(200, await records.show(slotOf(key), rule, record));
  }

  async function write(key: string, { request, session, deadline, maxBodyBytes }: Admitted): Promise<Response> {
    const rule = rules.get(key);
    if (!rule) throw new Refusal(403, 'forbidden_key', 'This key is not one that may be kept here.');
    const { expectedRevision, record } = recordIn(await readJson(request, maxBodyBytes, deadline));
    const { records } = await placeOf(session);
    const result = await records.write(slotOf(key), rule, expectedRevision, record);
    return result.ok ? textAnswer(204, '') : jsonAnswer(409, { error: 'conflict', revision: result.revision });
  }

  return createRoute(options, {
    name: NAME,
    methods: ['GET', 'PUT'],
    header: HEADER,
    defaults: { requests: 300, maxBodyBytes: 256 * 1024, timeoutMs: 10_000 },
    answer(admitted) {
      const key = keyBelow(basePath, admitted.request.url);
      if (admitted.request.method === 'PUT') return write(key, admitted);
      return key === '' ? list(admitted) : read(key, admitted);
    },
  });
}

function rulesOf({ flows, workerCredentials = false }: CredentialRouteOptions): Map<string, CredentialRule> {
  assertFlows(flows);
  const rules = new Map(flows.map((flow) => [`${KEY_PREFIX}${flow.key}`, ruleOfFlow(flow)]));
  if (workerCredentials) rules.set(`${KEY_PREFIX}${WORKER_CREDENTIALS}`, ruleOfWorkerCredentials());
  return rules;
}

function assertFlows(flows: unknown): void {
  if (Array.isArray(flows) && flows.every(isServable)) return;
  throw new ServerOptionError(
    'Expected flows, a list of definitions that say which fields are secret (defineFlow); got something else.',
  );
}

function isServable(flow: Partial<FlowDefinition<unknown>> | null): boolean {
  return typeof flow?.key === 'string' && !isReservedSlot(flow.key) && Array.isArray(flow.secretFields);
}

/** Each tier with its records, made when the first request needs it. */
function createPlaces({ tier, encryption = 'preferred', appId = '', logger }: CredentialRouteOptions) {
  const places = new WeakMap<StorageTier, Place>();
  let files: Promise<StorageTier> | undefined;
  let isPlainSaid = false;

  function onSealed(sealed: boolean): void {
    if (sealed || isPlainSaid) return;
    isPlainSaid = true;
    logger?.warn(`${NAME}: records are not encrypted at rest. Set WORKER_TOKEN_STORAGE_KEY, or give the tier a key.`);
  }

  return async (session: string): Promise<Place> => {
    files ??= tier ? undefined : import('@worker-token/storage/node').then(({ fileTier }) => fileTier());
    const mine = typeof tier === 'function' ? tier(session) : (tier ?? (await files));
    if (!mine) throw new ServerOptionError('Expected a tier for each session; got none.');
    const known = places.get(mine);
    if (known) return known;
    const place = { tier: mine, records: createCredentialRecords({ tier: mine, encryption, appId, onSealed }) };
    places.set(mine, place);
    return place;
  };
}

/** Empty for the route itself. */
function keyBelow(basePath: string, url: string): string {
  const { pathname } = new URL(url);
  if (pathname === basePath || pathname === `${basePath}/`) return '';
  // Physical keys have nothing that would be encoded.
  const key = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length + 1) : '/';
  if (slotOfPhysicalKey(key) !== null) return key;
  throw new Refusal(
    404,
    'not_found',
    'Expected the physical key of a flow, such as flow_credentials_oauth-implicit-v7.',
  );
}

function slotOf(key: string): string {
  return slotOfPhysicalKey(key) ?? '';
}

async function entriesOf(tier: StorageTier, prefix: string): Promise<[string, TierRecord][]> {
  if (tier.entries) return tier.entries(prefix);
  const keys = await tier.keys(prefix);
  const records = await Promise.all(keys.map(async (key) => [key, await tier.get(key)] as const));
  return records.flatMap(([key, record]): [string, TierRecord][] => (record ? [[key, record]] : []));
}

function recordIn(body: unknown): { expectedRevision: number | null; record: TierRecord } {
  const { expectedRevision, revision, text } = (body ?? {}) as Record<string, unknown>;
  const isExpected = expectedRevision === null || isCount(expectedRevision);
  const isText = text === null || typeof text === 'string';
  if (isExpected && isText && isCount(revision) && revision > 0) {
    return { expectedRevision, record: { revision, text } };
  }
  throw new Refusal(
    400,
    'invalid_request',
    'Expected { expectedRevision, revision, text }, with a revision from 1 on.',
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
