/** Brings a page into the state in which people mostly see it: with data. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from './demo-worker.js';
import type { AppPages, PageTitle } from './pages/app-pages.js';

/** Saves the credentials, opens the page and loads what it shows. */
export async function openWithData(app: AppPages, title: PageTitle): Promise<void> {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.open(title);
  if (title === 'User Profile') await app.userProfile.lookUp(DEMO.username);
  if (title === 'Identity Metrics') await app.metrics.loadMetrics();
  if (title === 'Audit Activities') await app.audit.loadActivities();
  if (title === 'Bulk User Lookup') await app.bulk.lookUpAll([DEMO.username, DEMO.email, 'nobody.at.all']);
  if (title === 'Organization Licensing') await app.licensing.licenses.first().waitFor();
  if (title === 'Implicit Flow') await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
}
