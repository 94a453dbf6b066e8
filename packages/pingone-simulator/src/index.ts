/**
 * @worker-token/pingone-simulator: a faithful local PingOne for tests and demonstrations.
 */
export { DEMO } from './demo.js';
export { PortInUseError, SimulatorError, SimulatorOptionError } from './errors.js';
export { createPingOneSimulator } from './simulator.js';
export type {
  AppAuthMethod,
  Faults,
  FaultScope,
  FaultSpec,
  FaultTarget,
  NodeBindings,
  PingOneSimulator,
  RegionCode,
  RequestRecord,
  RoleName,
  SimulatedActivity,
  SimulatedActor,
  SimulatedApp,
  SimulatedEnvironment,
  SimulatedPopulation,
  SimulatedRole,
  SimulatedUser,
  SimulatorClock,
  SimulatorOptions,
  SimulatorQuirks,
} from './types.js';
