/**
 * @worker-token/pingone-simulator: a faithful local PingOne for tests and demonstrations.
 */
export { DEMO } from './demo.js';
export { PortInUseError, SimulatorError, SimulatorOptionError } from './errors.js';
export { createPingOneSimulator } from './simulator.js';
export type {
  Faults,
  FaultScope,
  FaultSpec,
  FaultTarget,
  NodeBindings,
  PingOneSimulator,
  RequestRecord,
  SimulatorClock,
  SimulatorOptions,
  SimulatorQuirks,
} from './types.js';
export type {
  AppAuthMethod,
  RegionCode,
  RoleName,
  SimulatedActivity,
  SimulatedActor,
  SimulatedApp,
  SimulatedEnvironment,
  SimulatedLicense,
  SimulatedOrganization,
  SimulatedPopulation,
  SimulatedRole,
  SimulatedUser,
} from './world-types.js';
