import { expect, test } from 'vitest';
import { readAnswer, tokenResponseOf } from './answer.js';
import { WorkerTokenError } from './errors.js';

const NOW = 1_700_000_000_000;

async function understand(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return tokenResponseOf(await readAnswer(new Response(text, { status, headers })), 'The token endpoint', NOW);
}

async function errorOf(...args: Parameters<typeof understand>): Promise<WorkerTokenError> {
  const outcome: unknown = await understand(...args).catch((error: unknown) => error);
  if (outcome instanceof WorkerTokenError) return outcome;
  return expect.unreachable('expected an error');
}

test.each([
  [401, { error: 'invalid_client' }, 'invalid-client', false],
  [401, 'Unauthorized', 'invalid-client', false],
  [400, { error: 'invalid_client' }, 'invalid-client', false],
  [400, { error: 'unauthorized_client' }, 'unauthorized-client', false],
  [403, { code: 'ACCESS_FAILED' }, 'unauthorized-client', false],
  [400, { error: 'invalid_scope' }, 'invalid-request', false],
  [400, { error: 'invalid_request' }, 'invalid-request', false],
  [404, { code: 'NOT_FOUND' }, 'environment-not-found', false],
  [408, '', 'server', true],
  [429, { code: 'REQUEST_LIMITED' }, 'rate-limited', true],
  [500, '', 'server', true],
  [502, '<html>Bad Gateway</html>', 'server', true],
  [503, '', 'server', true],
  [504, '', 'server', true],
  [501, '', 'server', false],
  [302, '', 'malformed-response', false],
  [200, '<html>Please log in</html>', 'malformed-response', true],
  [200, '{"access_token":"abc', 'malformed-response', true],
  [200, [], 'malformed-response', true],
  [200, {}, 'malformed-response', false],
  [200, { access_token: '' }, 'malformed-response', false],
  [200, { access_token: 'abc', token_type: 'mac' }, 'malformed-response', false],
  [200, { error: 'invalid_client' }, 'invalid-client', false],
])('%s with %j is %s, worth another try: %s', async (status, body, kind, retryable) => {
  expect(await errorOf(status, body)).toMatchObject({ kind, retryable, ...(status >= 400 ? { status } : {}) });
});

test('the challenge of a 401 does not hide the OAuth error in its body', async () => {
  const error = await errorOf(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="PingOne"' });
  expect(error).toMatchObject({ kind: 'invalid-client', oauthError: 'invalid_client', status: 401 });
});

test('PingOne’s correlation id is taken out of its words', async () => {
  const error = await errorOf(401, {
    error: 'invalid_client',
    error_description:
      'Request denied: Unsupported authentication method (Correlation ID: 5b0c8f0e-1111-4222-8333-444455556666)',
  });
  expect(error.correlationId).toBe('5b0c8f0e-1111-4222-8333-444455556666');
  expect(error.message).toContain('Unsupported authentication method');
  expect(error.message).not.toContain('5b0c8f0e');
});

test('the id of a platform error is its correlation id', async () => {
  expect(
    (await errorOf(404, { id: '5b0c8f0e-1111', code: 'NOT_FOUND', message: 'No such thing.' })).correlationId,
  ).toBe('5b0c8f0e-1111');
});

test('Retry-After as a date is read by the server’s clock', async () => {
  const headers = { date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2026 07:28:07 GMT' };
  expect((await errorOf(429, '', headers)).retryAfterMs).toBe(7_000);
});

test('a token comes with its date, and with expires_in as it was sent', async () => {
  const answer = await understand(
    200,
    { access_token: 'abc', token_type: 'bearer', expires_in: '3600', scope: 'a' },
    { date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
  );
  expect(answer).toEqual({
    access_token: 'abc',
    token_type: 'Bearer',
    expires_in: '3600',
    scope: 'a',
    serverDate: Date.parse('2026-10-21T07:28:00Z'),
  });
});

test('takes what tests put in the place of a response', async () => {
  const answer = await readAnswer({ ok: true, json: async () => ({ access_token: 'abc' }) });
  expect(tokenResponseOf(answer, 'x', NOW)).toEqual({ access_token: 'abc', token_type: 'Bearer' });
});
