/** One schedule: what people do in two tabs, at moments that the generator picks, and what must hold meanwhile and after. */
import { createCredentialStorage, type CredentialStorage } from '@worker-token/storage';
import { isWorkerTokenError } from '../src/errors.js';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types.js';
import { webLocksCoordinator } from '../src/web-locks-coordinator.js';
import { CREDENTIALS, testLogger } from './builder.js';
import { createMoodyEndpoint, type MoodyEndpoint } from './moody-endpoint.js';
import type { Scheduler } from './scheduler.js';
import { createSharedPlace, type SharedPlace } from './shared-place.js';

export interface World {
  /** Breaks the manager: its token is saved whatever is stored by then. */
  commitsBlindly?: boolean;
}

interface Tab {
  name: string;
  manager: WorkerTokenManager;
  storage: CredentialStorage;
  /** Tokens that were invalidated here. */
  dead: Set<string>;
}

interface Play {
  scheduler: Scheduler;
  place: SharedPlace;
  endpoint: MoodyEndpoint;
  tabs: Tab[];
  problems: string[];
  /** What was begun and has not ended. */
  pending: Set<string>;
  deeds: number;
}

const TOKEN = 'worker-access-token';
const CREDENTIAL = 'worker-token-credentials';
const MOST_STEPS = 20_000;
/** Milliseconds: a moment, into the refresh window, past the end. */
const JUMPS = [1_000, 30_000, 3_500_000, 3_700_000];

/** @returns what did not hold. */
export async function runSchedule(scheduler: Scheduler, world: World): Promise<string[]> {
  const place = createSharedPlace(scheduler);
  const endpoint = createMoodyEndpoint(scheduler, () => place.revisionOf(keyOf(place, TOKEN)));
  const tabs = ['left', 'right'].map((name) => openTab(name, scheduler, place, endpoint, world));
  const play: Play = { scheduler, place, endpoint, tabs, problems: [], pending: new Set(), deeds: 0 };
  let left = 4 + scheduler.pick(12);
  deed(play, 'save');
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const isTime = left > 0 && scheduler.pick(6) === 0;
    if (isTime) deed(play);
    if (isTime) left--;
    if (!(await scheduler.next()) && left === 0 && !isTime) break;
  }
  judge(play);
  for (const { manager, storage } of tabs) {
    manager.dispose();
    storage.dispose();
  }
  return play.problems;
}

function openTab(name: string, scheduler: Scheduler, place: SharedPlace, endpoint: MoodyEndpoint, world: World): Tab {
  const { clock, random } = scheduler;
  const storage = createCredentialStorage({
    tiers: [place.tier(name)],
    channel: place.channel(),
    encryption: 'off',
    clock,
  });
  const { token, credentials } = storage.shared;
  const blind = { ...storage, shared: { credentials, token: { ...token, save: (data: never) => token.save(data) } } };
  const manager = createWorkerTokenManager({
    storage: world.commitsBlindly ? blind : storage,
    coordination: webLocksCoordinator(place.locks, random),
    tokenSource: endpoint.source,
    logger: testLogger(),
    legacy: { credentials: [] },
    clock,
    random,
  });
  return { name, manager, storage, dead: new Set() };
}

type Deed = 'save' | 'clearAll' | 'clearToken' | 'invalidate' | 'invalidateIt' | 'refresh' | 'get' | 'later';
const DEEDS: Deed[] = ['save', 'save', 'clearAll', 'clearToken', 'invalidate', 'invalidateIt', 'invalidateIt'];
DEEDS.push('refresh', 'refresh', 'get', 'get', 'get', 'get', 'get', 'get', 'later', 'later');

function deed(play: Play, kind = DEEDS[play.scheduler.pick(DEEDS.length)] ?? 'get'): void {
  const { scheduler, problems } = play;
  const tab = play.tabs[scheduler.pick(play.tabs.length)] as Tab;
  const { manager } = tab;
  const name = `${kind} ${++play.deeds} in ${tab.name}`;
  const token = manager.peekToken();
  if (kind === 'later') return scheduler.advance(JUMPS[scheduler.pick(JUMPS.length)] ?? 0);
  if (kind === 'save') return save(play, tab, name);
  if (kind === 'get' || kind === 'refresh') return serve(play, tab, name, kind === 'refresh');
  if (token) tab.dead.add(token);
  if (kind === 'clearAll') track(play, name, manager.clearAll());
  if (kind === 'clearToken') track(play, name, manager.clearToken());
  if (kind === 'invalidate') track(play, name, manager.invalidateToken());
  if (kind === 'invalidateIt') track(play, name, manager.invalidateToken(token ?? 'token-0.'));
  if (manager.peekToken() !== null && manager.peekToken() === token) problems.push(`${name}: still peeked`);
}

function save(play: Play, { manager }: Tab, name: string): void {
  const mark = `mark-${play.deeds}.`;
  const clientId = `client-${play.scheduler.pick(2)}`;
  const before = play.place.trace.length;
  const saved = manager.saveCredentials({ ...CREDENTIALS, clientId, extra: { mark } }).then(() => {
    const written = play.place.trace.slice(before).some(({ text }) => text?.includes(mark));
    if (!written) play.problems.push(`${name}: resolved and is not stored`);
  });
  if (manager.peekCredentials()?.extra?.['mark'] !== mark) play.problems.push(`${name}: not peeked at once`);
  track(play, name, saved);
}

function serve(play: Play, { manager, dead }: Tab, name: string, forceRefresh: boolean): void {
  const deadBefore = new Set(dead);
  const served = manager.getWorkerToken({ forceRefresh }).then((token) => {
    const issued = play.endpoint.issued.get(token);
    const now = play.scheduler.clock.now();
    const holder = manager.peekCredentials()?.clientId;
    if (!issued) play.problems.push(`${name}: a token that nobody issued`);
    else if (issued.expiresAt <= now) play.problems.push(`${name}: ${token} has expired`);
    else if (issued.clientId !== holder) play.problems.push(`${name}: ${token} of ${issued.clientId}, not ${holder}`);
    if (deadBefore.has(token)) play.problems.push(`${name}: ${token} was invalidated before`);
  });
  track(play, name, served);
}

function track(play: Play, name: string, work: Promise<void>): void {
  play.pending.add(name);
  work
    .catch((error: unknown) => {
      if (!isWorkerTokenError(error)) play.problems.push(`${name}: ${String(error)}`);
      else if (error.kind === 'storage') play.problems.push(`${name}: ${error.message}`);
    })
    .finally(() => play.pending.delete(name));
}

/** When nothing is left to happen. */
function judge(play: Play): void {
  const { place, endpoint, tabs, problems, pending } = play;
  for (const name of pending) problems.push(`${name}: hangs`);
  const writes = place.trace.filter(({ key }) => key.includes(TOKEN));
  for (const { by, revision, text } of writes) {
    const token = tokenIn(text);
    if (!token) continue;
    const { epoch = NaN } = endpoint.issued.get(token) ?? {};
    // That this tab has cleared the token before is no reason to refuse its successor.
    const between = writes.filter((write) => write.revision > epoch && write.revision < revision);
    const unread = between.some((write) => write.by !== by || write.text !== null);
    if (unread) problems.push(`${token} committed over what it had not read (${epoch} → ${revision})`);
  }
  const stored = place.trace.findLast(({ key }) => key.includes(TOKEN))?.text ?? null;
  const credentials = place.trace.findLast(({ key }) => key.includes(CREDENTIAL))?.text ?? null;
  for (const { name, manager, dead } of tabs) {
    const mark = manager.peekCredentials()?.extra?.['mark'] ?? null;
    if (mark !== (/mark-\d+\./.exec(credentials ?? '')?.[0] ?? null)) problems.push(`${name} missed the last save`);
    const token = manager.peekToken();
    const newer = tokenIn(stored);
    // One that ran out before it was heard of is not taken over.
    const ranOut =
      newer !== null && (endpoint.issued.get(newer)?.expiresAt ?? 0) <= play.scheduler.clock.now() + 10_000;
    if (token && token !== newer && !ranOut) problems.push(`${name} keeps ${token}, stored is ${newer}`);
    if (token && dead.has(token)) problems.push(`${name} keeps ${token}, invalidated here`);
  }
}

const tokenIn = (text: string | null) => /token-\d+\./.exec(text ?? '')?.[0] ?? null;
const keyOf = ({ trace }: SharedPlace, slot: string) => trace.find(({ key }) => key.includes(slot))?.key ?? '';
