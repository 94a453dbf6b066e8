/** PingOne's regions: the code of the management API, the names pages use for it, and its top-level domain. Server code. */
const REGIONS = {
  NA: { tld: 'com', names: ['us', 'northamerica', 'north_america'] },
  CA: { tld: 'ca', names: ['canada'] },
  EU: { tld: 'eu', names: ['europe'] },
  AU: { tld: 'com.au', names: ['australia'] },
  SG: { tld: 'sg', names: ['singapore'] },
  AP: { tld: 'asia', names: ['asia', 'asiapacific'] },
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
  return Object.keys(REGIONS).find((code) => code.toLowerCase() === wanted || REGIONS[code].names.includes(wanted));
}

/**
 * @param {string} code
 * @returns {string}
 */
export function topLevelDomain(code) {
  return REGIONS[code].tld;
}
