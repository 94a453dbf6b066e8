/** The widget in the header: it warns before the token ends, and renews it. */
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { test } from '../../src/fixtures.js';

test('warns in the last five minutes, says when it is over, and renews', async ({ app, page }) => {
  await page.clock.install();
  const header = page.getByRole('banner');
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await header.getByText('Token valid').waitFor();
  await page.clock.fastForward('56:00');
  await header.getByText('Token expires soon').waitFor();
  await page.clock.fastForward('10:00');
  await header.getByText('Token expired').waitFor();
  await header.getByRole('button', { name: 'Renew token' }).click();
  await header.getByText('Token valid').or(header.getByText('Token expires soon')).first().waitFor();
});
