/** One schedule: what people do in two tabs, at moments that the generator picks, and what must hold meanwhile and after. */
import { createCredentialStorage, type CredentialStorage } from '@worker-token/storage';
import { isWorkerTokenError } from '../src/errors.js';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import { webLocksCoordinator } from '../src/web-locks-coordinator.js';
import { CREDENTIALS, testLogger } from './builder.js';
import { createMoodyEndpoint, type MoodyEndpoint } from './moody-endpoint.js';
import type { Scheduler } from './scheduler.js';
import { createSharedPlace, type SharedPlace } from './shared-place.js';

export interface World {
  /** Breaks the manager: its token is saved whatever is stored by then. */
  commitsBlindly?: boolean;
  /** Some operations of storage fail, and some take seconds: then nothing is promised that needs them. */
  fragileStorage?: boolean;
  /** Tabs are closed and frozen in the middle of what they do, and others opened. */
  mortalTabs?: boolean;
}

interface Tab {
  name: string;
  manager: WorkerTokenManager;
  storage: CredentialStorage;
  /** Tokens that were invalidated here. */
  dead: Set<string>;
  closed: boolean;
}

interface Play {
  world: World;
  scheduler: Scheduler;
  place: SharedPlace;
  endpoint: MoodyEndpoint;
  tabs: Tab[];
  problems: string[];
  /** Clients whose save storage has refused: a token for one may arrive at the very moment at which they are taken back. */
  takenBack: Set<string>;
  foreign: { clientId: string; problem: string }[];
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
  const place = createSharedPlace(scheduler, { fragile: world.fragileStorage ?? false });
  const endpoint = createMoodyEndpoint(scheduler, () => place.revisionOf(keyOf(place, TOKEN)));
  const tabs = ['left', 'right'].map((name) => openTab(name, scheduler, place, endpoint, world));
  const play: Play = {
    world,
    scheduler,
    place,
    endpoint,
    tabs,
    problems: [],
    takenBack: new Set(),
    foreign: [],
    pending: new Set(),
    deeds: 0,
  };
  let left = 4 + scheduler.pick(12);
  deed(play, 'save');
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const isTime = left > 0 && scheduler.pick(6) === 0;
    if (isTime) deed(play);
    if (isTime) left--;
    await scheduler.settle();
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
    channel: place.channel(name),
    encryption: 'off',
    clock,
  });
  const { token, credentials } = storage.shared;
  const blind = { ...storage, shared: { credentials, token: { ...token, save: (data: never) => token.save(data) } } };
  const manager = createWorkerTokenManager({
    storage: world.commitsBlindly ? blind : storage,
    coordination: webLocksCoordinator(place.locks(name), random),
    tokenSource: endpoint.source,
    logger: testLogger(),
    legacy: { credentials: [] },
    clock,
    random,
  });
  // As a page does, at its start.
  void manager.ready();
  return { name, manager, storage, dead: new Set(), closed: false };
}

type Deed =
  'close' | 'freeze' | 'save' | 'clearAll' | 'clearToken' | 'invalidate' | 'invalidateIt' | 'refresh' | 'get' | 'later';
const DEEDS: Deed[] = ['save', 'save', 'clearAll', 'clearToken', 'invalidate', 'invalidateIt', 'invalidateIt'];
DEEDS.push('refresh', 'refresh', 'get', 'get', 'get', 'get', 'get', 'get', 'later', 'later');

const MORTAL: Deed[] = [...DEEDS, 'close', 'close', 'freeze', 'freeze'];

function choose({ scheduler, world }: Play): Deed {
  const deeds = world.mortalTabs ? MORTAL : DEEDS;
  return deeds[scheduler.pick(deeds.length)] ?? 'get';
}

function deed(play: Play, kind = choose(play)): void {
  const { scheduler, problems } = play;
  const open = play.tabs.filter(({ closed }) => !closed);
  const tab = open[scheduler.pick(open.length)] as Tab;
  const { manager } = tab;
  const name = `${kind} ${++play.deeds} in ${tab.name}`;
  const token = manager.peekToken();
  if (kind === 'later') return scheduler.advance(JUMPS[scheduler.pick(JUMPS.length)] ?? 0);
  if (kind === 'save') return save(play, tab, name);
  if (kind === 'get' || kind === 'refresh') return serve(play, tab, name, kind === 'refresh');
  if (kind === 'close') return close(play, tab);
  if (kind === 'freeze') return play.place.freeze(tab.name, 1_000 + scheduler.pick(60_000));
  if (token) tab.dead.add(token);
  if (kind === 'clearAll') track(play, name, manager.clearAll());
  if (kind === 'clearToken') track(play, name, manager.clearToken());
  if (kind === 'invalidate') track(play, name, manager.invalidateToken());
  if (kind === 'invalidateIt') track(play, name, manager.invalidateToken(token ?? 'token-0.'));
  if (manager.peekToken() !== null && manager.peekToken() === token) problems.push(`${name}: still peeked`);
}

/** Its user opens another one in its place. */
function close(play: Play, tab: Tab): void {
  const { scheduler, place, endpoint, world, tabs } = play;
  tab.closed = true;
  place.kill(tab.name);
  for (const name of play.pending) if (name.endsWith(` in ${tab.name}`)) play.pending.delete(name);
  tabs.push(openTab(`tab ${tabs.length + 1}`, scheduler, place, endpoint, world));
  // Another tab comes in sight.
  window.dispatchEvent(new Event('visibilitychange'));
}

function save(play: Play, { manager }: Tab, name: string): void {
  const mark = `mark-${play.deeds}.`;
  const clientId = `client-${play.scheduler.pick(2)}`;
  const before = play.place.trace.length;
  const saved = manager.saveCredentials({ ...CREDENTIALS, clientId, extra: { mark } }).then(() => {
    const written = play.place.trace.slice(before).some(({ text }) => text?.includes(mark));
    if (!written) play.problems.push(`${name}: resolved and is not stored`);
  });
  saved.catch(() => play.takenBack.add(clientId));
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
    else if (issued.clientId !== holder)
      play.foreign.push({
        clientId: issued.clientId,
        problem: `${name}: ${token} of ${issued.clientId}, not ${holder}`,
      });
    if (deadBefore.has(token)) play.problems.push(`${name}: ${token} was invalidated before`);
  });
  track(play, name, served);
}

function track(play: Play, name: string, work: Promise<void>): void {
  play.pending.add(name);
  work
    .catch((error: unknown) => {
      if (!isWorkerTokenError(error)) play.problems.push(`${name}: ${String(error)}`);
      else if (error.kind === 'storage' && !play.world.fragileStorage) play.problems.push(`${name}: ${error.message}`);
    })
    .finally(() => play.pending.delete(name));
}

/** When nothing is left to happen. */
function judge(play: Play): void {
  const { place, endpoint, tabs, problems, pending, world } = play;
  for (const name of pending) problems.push(`${name}: hangs`);
  for (const { clientId, problem } of play.foreign) if (!play.takenBack.has(clientId)) problems.push(problem);
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
  // A tab that could not read what others wrote cannot know it.
  if (world.fragileStorage) return;
  for (const { name, manager, dead } of tabs.filter(({ closed }) => !closed)) {
    const mark = manager.peekCredentials()?.extra?.['mark'] ?? null;
    if (mark !== (/mark-\d+\./.exec(credentials ?? '')?.[0] ?? null)) problems.push(`${name} missed the last save`);
    const token = manager.peekToken();
    const newer = tokenIn(stored);
    // One that ran out before it was heard of is not taken over.
    const ranOut =
      newer !== null && (endpoint.issued.get(newer)?.expiresAt ?? 0) <= play.scheduler.clock.now() + 10_000;
    // A tab that stood still while it read did not learn what is stored, and keeps its token to itself.
    const unshared = world.mortalTabs && !writes.some(({ text }) => tokenIn(text) === token);
    if (token && token !== newer && !ranOut && !unshared) problems.push(`${name} keeps ${token}, stored is ${newer}`);
    if (token && dead.has(token)) problems.push(`${name} keeps ${token}, invalidated here`);
  }
}

const tokenIn = (text: string | null) => /token-\d+\./.exec(text ?? '')?.[0] ?? null;
const keyOf = ({ trace }: SharedPlace, slot: string) => trace.find(({ key }) => key.includes(slot))?.key ?? '';
