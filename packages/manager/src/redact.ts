/**
 * The one sink for text that may carry a secret: every log line and every text from outside goes through it. It knows the
 * values to hide from its caller and keeps none.
 */
const HIDDEN = '[hidden]';
/** Shorter values are words that occur by chance; hiding them would garble messages and name them by their absence. */
const SHORTEST = 4;

/** Replaces every occurrence of the values: as they are, URL-encoded, form-encoded, in base64 (both alphabets). */
export function redact(text: string, values: Iterable<string | undefined>): string {
  let clean = text;
  for (const value of values) {
    if (!value || value.length < SHORTEST) continue;
    for (const form of formsOf(value)) clean = clean.replaceAll(form, HIDDEN);
  }
  // Bearer and Basic headers and compact JWTs are hidden whoever they belong to.
  return clean
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`)
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, HIDDEN);
}

/** What is secret about these credentials: the secret, and the user:password pair of HTTP Basic. */
export function secretsOf(credentials: { clientId: string; clientSecret: string } | null): string[] {
  if (!credentials?.clientSecret) return [];
  const { clientId, clientSecret } = credentials;
  return [
    `${clientId}:${clientSecret}`,
    `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`,
    `${formEncode(clientId)}:${formEncode(clientSecret)}`,
    clientSecret,
  ];
}

function formsOf(value: string): string[] {
  const forms = [value, encodeURIComponent(value), formEncode(value), JSON.stringify(value).slice(1, -1)];
  const base64 = toBase64(value);
  forms.push(base64, base64.replace(/=+$/, ''), base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  // Longest first, so that a whole pair goes before a piece of it.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function formEncode(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}

function toBase64(value: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(value)));
}
