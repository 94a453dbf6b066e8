/** Which app the suite runs on; `compiled` is the sample after the React Compiler. */
export const TARGET_NAMES = ['legacy', 'migrated', 'sample', 'compiled'] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

/** `E2E_TARGET`; default `sample`. @throws Error for any other word. */
export function targetName(): TargetName {
  const wanted = process.env['E2E_TARGET'] ?? 'sample';
  const name = TARGET_NAMES.find((known) => known === wanted);
  if (name === undefined) throw new Error(`E2E_TARGET must be one of ${TARGET_NAMES.join(', ')}, not "${wanted}"`);
  return name;
}
