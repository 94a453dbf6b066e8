// The flows this app has, saved or not.
export const KNOWN_FLOWS: readonly { key: string; label: string }[] = [
  { key: 'oauth-implicit-v7', label: 'Implicit Flow' },
];
