/** A thousand users, while PingOne slows the page down and its token ends in the middle. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

const COUNT = 1_000;

test(
  'a thousand users under 429 and an expiry: every row is right, and one more token is requested',
  { timeout: 300_000 },
  async ({ app, page, simulator, watcher }) => {
    watcher.expectErrors(/429|401/);
    await app.load();
    await app.workerToken.save(DEMO_WORKER);
    await app.workerToken.requestToken();
    await app.open('Bulk User Lookup');
    const identifiers = Array.from({ length: COUNT - 1 }, (_, n) => `nobody-${n}`);
    simulator.faults.rateLimit({ target: 'api', retryAfterSeconds: 1, times: 5 });
    await app.bulk.start([DEMO.username, ...identifiers]);
    const asked = () => simulator.requests.filter(({ target }) => target === 'api').length;
    await expect.poll(asked, { timeout: 200_000, interval: 10 }).toBeGreaterThan(300);
    simulator.faults.expireAllTokens();
    await page.getByRole('progressbar').waitFor();
    await app.bulk.finished();
    const csv = (await app.bulk.exportCsv()).trim().split('\r\n').slice(1);
    const results = csv.map((line) => line.split(',').slice(0, 2).join(' '));
    const expected = [`${DEMO.username} Found`, ...identifiers.map((name) => `${name} Not found`)];
    expect(results.sort()).toEqual(expected.sort());
    expect(simulator.tokenRequests()).toBe(2);
  },
);
