import { noCredentialLogging } from './no-credential-logging.js';
import { testRule } from './rule-test.js';

testRule(
  'no-credential-logging',
  noCredentialLogging,
  {
    'a length': `console.log(accessToken.length)`,
    'a flag': `console.log({ hasToken: Boolean(accessToken) })`,
    'a masked preview': `console.log(mask(accessToken), accessToken.slice(0, 4))`,
    'only words': `console.warn('access_token missing')`,
    'tokens of a parser': `const token = lexer.next(); console.log(token)`,
    'a part that is no secret': `console.log(credentials.region)`,
    'a function of another object': `history.push(accessToken)`,
    'a test': `import { it } from 'vitest'; console.log(accessToken)`,
  },
  {
    'a token': ['logged', `console.log('got', accessToken)`],
    'a secret in an object': ['logged', `logger.info('saved', { region, clientSecret })`],
    'a field of a class': ['logged', `class A { log() { this.logger.debug(this.accessToken) } }`],
    'a whole answer': ['logged', `const body = await r.json(); console.log(body); use(body.access_token)`],
    'a template': ['logged', 'console.error(`with ${clientSecret}`)'],
  },
);
