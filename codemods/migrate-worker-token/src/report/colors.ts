/** Colours, or none: on a terminal only, and never against NO_COLOR. */
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** @param stream Where the text goes. */
export function colorsFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Colors {
  const refused = Boolean(env.NO_COLOR) || env.TERM === 'dumb' || env.FORCE_COLOR === '0';
  const forced = Boolean(env.FORCE_COLOR) && env.FORCE_COLOR !== '0';
  return picocolors.createColors(!refused && (forced || (stream.isTTY === true && !env.CI)));
}
