/**
 * Replaces secrets and tokens in what is recorded. Pure; knows the secrets of the apps, and what a token looks like.
 */
const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const SECRET_FIELDS = /^(client_secret|client_assertion|access_token|accesstoken|password|token)$/i;

export interface Redaction {
  /** The text without secrets and tokens. */
  text(text: string): string;
  /** A form with secret fields replaced by name, and the rest by value. */
  form(form: URLSearchParams): Record<string, string>;
  /** Whether there is something to replace. */
  found(text: string): boolean;
}

export function createRedaction(secrets: readonly string[]): Redaction {
  const clean = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text.replace(TOKEN, '[token]'));
  return {
    text: clean,
    form: (form) =>
      Object.fromEntries(
        [...form].map(([name, value]) => [name, SECRET_FIELDS.test(name) ? '[secret]' : clean(value)]),
      ),
    found: (text) => clean(text) !== text,
  };
}
