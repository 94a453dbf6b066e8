import { useCallback, useState } from 'react';
import { ActionButton, CodeText, Form, KeyValueCard, Message, Page, Panel, StatusBadge, TextField } from '@worker-token/ui-kit';
import { findUser, populationName } from '../api/users';
import { isConfigured } from '../lib/savedCredentials';
import type { DirectoryUser } from '../types';
import { workerTokenManager } from '../worker-token';

export function UserProfile() {
  const [identifier, setIdentifier] = useState('');
  const [user, setUser] = useState<DirectoryUser | null>(null);
  const [population, setPopulation] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  const lookUp = useCallback(async () => {
    setError('');
    setUser(null);
    if (!identifier.trim()) {
      setError('Enter an id, a username or an email');
      return;
    }
    setBusy(true);
    try {
      const found = await findUser(identifier.trim());
      setPopulation(found.population ? await populationName(found.population.id) : 'none');
      setUser(found);
    } catch (problem) {
      const message = problem instanceof Error ? problem.message : 'The user could not be read';
      if (message.includes('401') || message.includes('do not have access')) {
        await workerTokenManager.invalidateToken();
      }
      setError(message);
    } finally {
      setBusy(false);
    }
  }, [identifier]);

  return (
    <Page title="User Profile" intro="Looks one user of the directory up, with population and groups.">
      {isConfigured() ? null : <Message tone="warning" text="Save the worker credentials on Worker Token Flow first." />}
      <Panel>
        <Form label="User lookup" onSubmit={() => void lookUp()}>
          <TextField label="User (id, username or email)" value={identifier} onChange={setIdentifier} />
          <div>
            <ActionButton kind="main" type="submit" busy={busy}>
              Look up
            </ActionButton>
          </div>
        </Form>
      </Panel>
      <Message tone="error" text={error} />
      {user ? <Profile user={user} population={population} /> : null}
    </Page>
  );
}

function Profile({ user, population }: { user: DirectoryUser; population: string }) {
  const name = [user.name?.given, user.name?.family].filter(Boolean).join(' ');
  return (
    <KeyValueCard
      title={name || user.username}
      facts={[
        { name: 'Username', value: user.username },
        { name: 'Email', value: user.email },
        { name: 'Status', value: <StatusBadge tone={user.enabled ? 'good' : 'bad'}>{user.enabled ? 'Enabled' : 'Disabled'}</StatusBadge> },
        { name: 'Population', value: population },
        { name: 'Groups', value: user.memberOfGroupNames?.join(', ') || 'none' },
        { name: 'Last sign-on', value: user.lastSignOn ? new Date(user.lastSignOn.at).toLocaleString() : 'never' },
        { name: 'Id', value: <CodeText>{user.id}</CodeText> },
      ]}
    />
  );
}
