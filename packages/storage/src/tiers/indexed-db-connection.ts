/**
 * One connection to the database, opened when first needed, and again when it was closed under us. Knows the two object
 * stores and how to run a transaction; knows nothing of records or keys.
 */
import { environment } from '../environment.js';
import { StorageUnavailableError } from '../errors.js';

export const RECORDS = 'records';
export const KEYS = 'keys';

const DATABASE_VERSION = 1;

/** While a deletion waits for a page that holds the database, everybody's request to open it waits, too, and without an event. */
const OPEN_TIMEOUT_MS = 5_000;

/** While a database is being cleared, the next connection may be closed under us, too. */
const MAX_TRIES = 3;

interface Opening {
  factory: IDBFactory;
  database: Promise<IDBDatabase>;
  /** Somebody has waited in vain; until it opens, nobody else does. */
  isOverdue: boolean;
}

export interface IndexedDbConnection {
  /**
   * Runs `work` in one transaction and resolves with its result after the transaction is complete. A connection that turns
   * out to be closed is opened again, and the work tried again; it has done nothing then, or must not mind.
   */
  transaction<T>(
    store: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore, done: (result: T) => void) => void,
  ): Promise<T>;
  /** Anything remembered from this database is void when this number changes. */
  generation(): number;
  close(): void;
}

export function indexedDbConnection(name: string): IndexedDbConnection {
  let open: Opening | null = null;
  let generation = 0;

  function connect(): Promise<IDBDatabase> {
    const factory = currentFactory();
    if (open?.factory === factory) return inTime(open);
    close();
    const mine: Opening = { factory, database: openDatabase(factory, name, forget), isOverdue: false };
    function forget() {
      if (open !== mine) return;
      open = null;
      generation++;
    }
    open = mine;
    mine.database.catch(forget);
    return inTime(mine);
  }

  function close(): void {
    const closing = open;
    open = null;
    if (!closing) return;
    generation++;
    closing.database.then((database) => database.close(), ignore);
  }

  return {
    async transaction(store, mode, work) {
      for (let tries = 1; ; tries++) {
        try {
          return await run(await connect(), store, mode, work);
        } catch (error) {
          if (!isClosed(error) || tries === MAX_TRIES) throw error;
          // iOS closes databases under a page in the background, others when they are cleared: a new connection, another try.
          close();
        }
      }
    },
    generation: () => generation,
    close,
  };
}

/** The request itself goes on, and is used once it is through. */
async function inTime(opening: Opening): Promise<IDBDatabase> {
  const overdue = () => new StorageUnavailableError('IndexedDB does not open: another tab may hold it.');
  if (opening.isOverdue) throw overdue();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      opening.isOverdue = true;
      reject(overdue());
    }, OPEN_TIMEOUT_MS);
  });
  const opened = opening.database.finally(() => {
    opening.isOverdue = false;
    clearTimeout(timer);
  });
  return Promise.race([opened, timeout]);
}

/** Merely touching it may throw. */
export function hasIndexedDb(): boolean {
  try {
    return Boolean(environment.indexedDB);
  } catch {
    return false;
  }
}

/** Looked up at each use: merely touching it may throw, and tests replace it. */
function currentFactory(): IDBFactory {
  let factory: IDBFactory | undefined;
  try {
    factory = environment.indexedDB;
  } catch (error) {
    throw new StorageUnavailableError('IndexedDB is denied here.', { cause: error });
  }
  if (!factory) throw new StorageUnavailableError('There is no IndexedDB here.');
  return factory;
}

function openDatabase(factory: IDBFactory, name: string, onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, DATABASE_VERSION);
    let settled = false;
    request.onupgradeneeded = () => {
      for (const store of [RECORDS, KEYS]) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
      }
    };
    request.onblocked = () => {
      settled = true;
      reject(new StorageUnavailableError('IndexedDB is blocked by another tab.'));
    };
    request.onerror = () => reject(unavailable('IndexedDB could not be opened', request.error));
    request.onsuccess = () => {
      const database = request.result;
      // Nobody waits for it any more.
      if (settled) return database.close();
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      database.onclose = onClosed;
      resolve(database);
    };
  });
}

function run<T>(
  database: IDBDatabase,
  storeName: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (result: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, mode);
    let result: { value: T } | undefined;
    // A browser that closes a database does not tell all of its transactions.
    const onLost = () => fail(unavailable('IndexedDB was closed', null));
    const fail = (error: StorageUnavailableError) => {
      database.removeEventListener('close', onLost);
      reject(error);
    };
    database.addEventListener('close', onLost);
    transaction.oncomplete = () => {
      database.removeEventListener('close', onLost);
      if (result) resolve(result.value);
      else reject(new StorageUnavailableError('IndexedDB gave no answer.'));
    };
    transaction.onabort = () => fail(unavailable('IndexedDB gave up a transaction', transaction.error));
    work(transaction.objectStore(storeName), (value) => (result = { value }));
  });
}

/** Null: a transaction was given up, and not by us. */
function isClosed(error: unknown): boolean {
  const cause = error instanceof StorageUnavailableError ? error.cause : error;
  const name = (cause as { name?: unknown } | null | undefined)?.name;
  return cause === null || ['InvalidStateError', 'UnknownError', 'AbortError'].includes(String(name));
}

function unavailable(what: string, cause: DOMException | null): StorageUnavailableError {
  return new StorageUnavailableError(`${what} (${cause?.name ?? 'unknown'}).`, { cause });
}

function ignore(): void {}
