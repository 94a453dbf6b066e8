// A name taken apart into lower-case words, whatever its case style: `accessToken`, `ACCESS-TOKEN`, `v8:access_token`.
// Says nothing about what the words mean.

const compounds: [RegExp, string][] = [
  [/\b(access|refresh|id|worker|auth|bearer|jwt|session|csrf|xsrf|api)(tokens?)\b/g, '$1 $2'],
  [/\b(client|api|app|worker)(secrets?|credentials?|creds?|token|tokens)\b/g, '$1 $2'],
  [/\bo auth\b/g, 'oauth'],
  [/\bping one\b/g, 'pingone'],
  [/\banti (csrf|forgery)\b/g, 'anti$1'],
  [/\b(\d+|v\d+)\b/g, ' '],
];

/** Holes of a template (`\0`) and digits fall away: they never carry the meaning. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z\d]+/g, ' ')
    .toLowerCase();
  const text = compounds.reduce((current, [pattern, by]) => current.replace(pattern, by), spaced);
  return text.split(' ').filter(Boolean);
}
