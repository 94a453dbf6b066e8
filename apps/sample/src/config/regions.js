export const REGIONS = [
  { value: 'us', label: 'North America' },
  { value: 'ca', label: 'Canada' },
  { value: 'eu', label: 'Europe' },
  { value: 'au', label: 'Australia' },
  { value: 'sg', label: 'Singapore' },
  { value: 'ap', label: 'Asia Pacific' },
]

/** What PingOne calls the region, e.g. in the region header of our pass-through. */
const CODES = { us: 'NA', ca: 'CA', eu: 'EU', au: 'AU', sg: 'SG', ap: 'AP' }

export function regionCode(region) {
  return CODES[region] || 'NA'
}
