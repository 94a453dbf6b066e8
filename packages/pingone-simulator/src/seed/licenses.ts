/** The organization of the demo environment and its three licences: the one in use, one that is over, one to come. */
import { DEMO } from '../demo.js';
import type { SimulatedLicense, SimulatedOrganization } from '../world-types.js';
import { isoBefore } from './days.js';
import type { Random } from './random.js';

export function seedOrganization(nowMs: number): SimulatedOrganization {
  return {
    id: DEMO.organizationId,
    name: 'Example Organization',
    description: 'Made-up data of the PingOne simulator',
    type: 'PAID',
    createdAt: isoBefore(nowMs, 800),
    updatedAt: isoBefore(nowMs, 40),
  };
}

export function seedLicenses(random: Random, nowMs: number): SimulatedLicense[] {
  return [
    license(nowMs, { id: DEMO.licenseId, name: 'Premium', package: 'PREMIUM', status: 'ACTIVE', from: 200, to: -165 }),
    license(nowMs, { id: random.uuid(), name: 'Trial', package: 'TRIAL', status: 'EXPIRED', from: 260, to: 230 }),
    license(nowMs, {
      id: random.uuid(),
      name: 'Premium renewal',
      package: 'PREMIUM',
      status: 'FUTURE',
      from: -165,
      to: -530,
    }),
  ];
}

/** `from` and `to` in days before now; below zero they lie ahead. */
function license(
  nowMs: number,
  about: Pick<SimulatedLicense, 'id' | 'name' | 'package' | 'status'> & { from: number; to: number },
): SimulatedLicense {
  const active = about.status === 'ACTIVE';
  return {
    id: about.id,
    name: about.name,
    package: about.package,
    status: about.status,
    organization: { id: DEMO.organizationId },
    beginsAt: isoBefore(nowMs, about.from),
    expiresAt: isoBefore(nowMs, about.to),
    assignedEnvironmentsCount: active ? 1 : 0,
    environments: {
      allowAddResources: true,
      allowCustomDomain: active,
      allowProduction: active,
      max: 5,
      regions: ['NORTH_AMERICA', 'EU'],
    },
    users: {
      allowPasswordPolicy: true,
      allowProvisioning: true,
      allowRoleAssignment: true,
      max: 2000,
      hardLimitMax: 2500,
      monthlyActiveIncluded: 600,
    },
    mfa: { allowTotp: true, allowEmailOtp: true, allowSmsOtp: active, allowFido2Devices: true },
    orchestrate: { allowOrchestration: active },
  };
}
