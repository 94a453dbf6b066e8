/** All pages of the app in one tab, and the way between them. */
import type { Locator, Page } from 'playwright-core';
import { AuditActivitiesPage } from './audit-activities-page.js';
import { BulkLookupPage } from './bulk-lookup-page.js';
import { IdentityMetricsPage } from './identity-metrics-page.js';
import { ImplicitFlowPage } from './implicit-flow-page.js';
import { OrganizationLicensingPage } from './organization-licensing-page.js';
import { UserProfilePage } from './user-profile-page.js';
import { WorkerTokenPage } from './worker-token-page.js';

export const PAGE_TITLES = [
  'Worker Token Flow',
  'User Profile',
  'Identity Metrics',
  'Audit Activities',
  'Bulk User Lookup',
  'Organization Licensing',
  'Implicit Flow',
] as const;

export type PageTitle = (typeof PAGE_TITLES)[number];

export class AppPages {
  readonly page: Page;
  readonly workerToken: WorkerTokenPage;
  readonly userProfile: UserProfilePage;
  readonly metrics: IdentityMetricsPage;
  readonly audit: AuditActivitiesPage;
  readonly bulk: BulkLookupPage;
  readonly licensing: OrganizationLicensingPage;
  readonly implicit: ImplicitFlowPage;
  /** The environment in the header. */
  readonly environment: Locator;

  constructor(page: Page) {
    this.page = page;
    this.workerToken = new WorkerTokenPage(page);
    this.userProfile = new UserProfilePage(page);
    this.metrics = new IdentityMetricsPage(page);
    this.audit = new AuditActivitiesPage(page);
    this.bulk = new BulkLookupPage(page);
    this.licensing = new OrganizationLicensingPage(page);
    this.implicit = new ImplicitFlowPage(page);
    this.environment = page.getByLabel('Environment', { exact: true });
  }

  /** Forgets the worker and its token by the button in the header, which loads the app anew. */
  async forgetWorker(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.page.getByRole('button', { name: 'Forget worker' }).click();
    await loaded;
  }

  /** Loads the app anew. */
  async load(title: PageTitle = 'Worker Token Flow'): Promise<void> {
    await this.page.goto('/');
    await this.open(title);
  }

  /** Goes to a page by its link, without loading the app anew. */
  async open(title: PageTitle): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: title }).click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
}
