import { noLegacyTokenListener } from './no-legacy-token-listener.js';
import { testRule } from './rule-test.js';

const manager = `import { workerTokenManager } from '@worker-token/manager';\n`;

testRule(
  'no-legacy-token-listener',
  noLegacyTokenListener,
  {
    'another key': `addEventListener('storage', (e) => { if (e.key === 'theme') apply() })`,
    'a key that only starts alike': `addEventListener('storage', (e) => e.key === 'worker_credentials_help_seen' && hide())`,
    'a token of people who work': `addEventListener('storage', (e) => e.key === 'worker_token' && leave())`,
    'every key': `addEventListener('storage', refresh)`,
    'the end of a listener': `removeEventListener('workerTokenUpdated', refresh)`,
    'a dispatch, unless asked for': `dispatchEvent(new CustomEvent('workerTokenUpdated'))`,
  },
  {
    'a key': [
      'storage',
      `addEventListener('storage', (e) => { if (e.key === 'worker_credentials') load() })`,
      { messageId: 'useManager', output: `${manager}workerTokenManager.subscribe(() => { load() })` },
    ],
    'a key, and more of the event': [
      'storage',
      `addEventListener('storage', (e) => { if (e.key === 'worker_credentials') load(e.newValue) })`,
    ],
    'an event, with its end': [
      'event',
      `const on = () => load(); function f() { addEventListener('workerTokenUpdated', on); return () => removeEventListener('workerTokenUpdated', on) }`,
      {
        messageId: 'useManager',
        output: `${manager}const on = () => load(); function f() { const unsubscribe = workerTokenManager.subscribe(on); return () => unsubscribe() }`,
      },
    ],
    'an event whose handler looks at it': [
      'event',
      `const on = (e) => load(e.detail); addEventListener('workerTokenUpdated', on)`,
    ],
    'a key in a constant': [
      'storage',
      `const K = 'worker_credentials'; addEventListener('storage', ({ key }) => key === K && load())`,
    ],
    'the start of a key': [
      'storage',
      `/* PingOne */ addEventListener('storage', (e) => e.key?.startsWith('worker_token') && load())`,
    ],
    'a handler by name': [
      'storage',
      `function on(e) { switch (e.key) { case 'worker_credentials': load() } } addEventListener('storage', on)`,
    ],
    onstorage: ['storage', `window.onstorage = (e) => { if (e.key === 'worker_credentials') load() }`],
    'an event': ['event', `document.addEventListener('workerTokenUpdated', load)`],
    'an event through a hook': ['event', `useEventListener('workerTokenMetricsUpdated', load)`],
  },
);
