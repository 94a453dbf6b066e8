/**
 * Everything that a page has or has said, as texts: what it stored, its cookies, every string of its heap, and all of its traffic. To be
 * searched for what must not be there.
 */
import type { BrowserContext, Page, Request, Response } from 'playwright-core';

export type Place = 'web storage' | 'databases' | 'caches' | 'cookies' | 'heap' | 'requests' | 'answers';

export interface BrowserDump {
  /** Listens from here on, so it comes before the first page. */
  take(page: Page): Promise<ReadonlyMap<Place, string>>;
}

export function dumpOf(context: BrowserContext): BrowserDump {
  const requests: Promise<string>[] = [];
  const answers: Promise<string>[] = [];
  // What is still on its way when the browser is closed is in no dump any more.
  const gone = () => '';
  context.on('request', (request) => requests.push(requestText(request).catch(gone)));
  context.on('response', (response) => answers.push(answerText(response).catch(gone)));
  return {
    async take(page) {
      return new Map<Place, string>([
        ['web storage', await webStorage(page)],
        ['databases', await databases(page)],
        ['caches', await caches(page)],
        ['cookies', JSON.stringify(await context.cookies())],
        ['heap', await heapStrings(page)],
        ['requests', (await Promise.all(requests)).join('\n')],
        ['answers', (await Promise.all(answers)).join('\n')],
      ]);
    },
  };
}

async function requestText(request: Request): Promise<string> {
  return [request.url(), JSON.stringify(await request.allHeaders()), request.postData() ?? ''].join('\n');
}

async function answerText(response: Response): Promise<string> {
  // a body that the page did not wait for is not there
  const body = response.text().catch(() => '');
  return [JSON.stringify(await response.allHeaders()), await body].join('\n');
}

/** Keys and values. */
export function webStorage(page: Page): Promise<string> {
  return page.evaluate(() => [localStorage, sessionStorage].flatMap((area) => Object.entries(area)).join('\n'));
}

/** All values of all databases, as text. */
export function databases(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (value && typeof value === 'object') return Object.values(value).map(textOf).join(' ');
      return String(value);
    };
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database could not be read'));
      });
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        texts.push(textOf(await wait(database.transaction(store).objectStore(store).getAll())));
      }
      database.close();
    }
    return texts.join('\n');
  });
}

function caches(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = await window.caches.keys();
    const all = await Promise.all(
      names.map(async (name) => (await (await window.caches.open(name)).keys()).map(({ url }) => url)),
    );
    return all.flat().join('\n');
  });
}

/** Globals, closures, states of components: whatever the page can reach, and what it has not forgotten yet. */
async function heapStrings(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return (JSON.parse(chunks.join('')) as { strings: string[] }).strings.join('\n');
}
