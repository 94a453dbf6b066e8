/** PingOne's regions: the code of the management API, the names pages use for it. Server code. */
const REGIONS = {
  NA: ['us', 'northamerica', 'north_america'],
  CA: ['canada'],
  EU: ['europe'],
  AU: ['australia'],
  SG: ['singapore'],
  AP: ['asia', 'asiapacific'],
};

/**
 * The region code for a code or a name; `NA` where none is given, as the old route had it; undefined where it is unknown, because a
 * secret must not be sent to a guessed region.
 * @param {unknown} name
 * @returns {string | undefined}
 */
export function regionOf(name) {
  if (name === undefined || name === null || name === '') return 'NA';
  const wanted = String(name).toLowerCase();
  return Object.keys(REGIONS).find((code) => code.toLowerCase() === wanted || REGIONS[code].includes(wanted));
}
