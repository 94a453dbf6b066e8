import { noFloatingCredentialSave } from './no-floating-credential-save.js';
import { testRule } from './rule-test.js';

testRule(
  'no-floating-credential-save',
  noFloatingCredentialSave,
  {
    'an awaited clear': `async () => { await manager.clearAll(); location.reload() }`,
    'a navigation that waits': `manager.clearAll().then(() => location.reload())`,
    'nothing after it': `() => { manager.saveCredentials(form) }`,
    'the clearAll of something else': `() => { filters.clearAll(); router.push('/') }`,
    'a navigation of later': `() => { manager.saveCredentials(form); onClick(() => location.reload()) }`,
    'a returned promise': `() => { if (x) return manager.clearAll(); location.reload() }`,
  },
  {
    'a clear before a reload': [
      'floating',
      `async () => { manager.clearAll(); location.reload() }`,
      { messageId: 'addAwait', output: `async () => { await manager.clearAll(); location.reload() }` },
    ],
    'a save that is voided': [
      'floating',
      `async () => { void manager.saveCredentials(form); navigate('/') }`,
      { messageId: 'addAwait', output: `async () => { await manager.saveCredentials(form); navigate('/') }` },
    ],
    'a catch that nobody waits for, in a function that cannot': [
      'floating',
      `() => { manager.invalidateToken().catch(report); location.href = '/login' }`,
    ],
    'a save in a branch': [
      'floating',
      `async () => { if (dirty) { manager.saveCredentials(form) } location.assign('/next') }`,
      {
        messageId: 'addAwait',
        output: `async () => { if (dirty) { await manager.saveCredentials(form) } location.assign('/next') }`,
      },
    ],
  },
);
