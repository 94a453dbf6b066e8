/**
 * Who a bearer token belongs to: signature, issuer, audience, expiry by the simulated clock, and that it has not been invalidated.
 */
import { decodeJwt, errors, jwtVerify } from 'jose';
import { audienceOf, issuerOf } from '../regions.js';
import type { RegionCode, SimulatedApp } from '../world-types.js';
import type { ApiDependencies } from './context.js';

/** The app of a valid token; undefined for every other one, without a reason, as PingOne does. */
export async function appOfBearer(
  { state, publicKey }: ApiDependencies,
  region: RegionCode,
  authorization: string | undefined,
): Promise<SimulatedApp | undefined> {
  const token = /^bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
  const app = token === undefined ? undefined : state.app(clientIdOf(token));
  if (token === undefined || !app) return undefined;
  try {
    const { payload } = await jwtVerify(token, await publicKey(), {
      algorithms: ['RS256'],
      issuer: issuerOf(region, app.environmentId),
      audience: audienceOf(region),
      currentDate: new Date(state.now()),
    });
    return state.liveTokens.get(payload.jti ?? '') === app.clientId ? app : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function clientIdOf(token: string): string {
  try {
    const clientId = decodeJwt(token)['client_id'];
    return typeof clientId === 'string' ? clientId : '';
  } catch {
    return '';
  }
}
