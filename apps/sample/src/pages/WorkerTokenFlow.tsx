import { useCallback, useState } from 'react';
import { ActionButton, ButtonRow, FieldGrid, Form, KeyValueCard, Message, Page, SecretField, SelectField, TextField } from '@worker-token/ui-kit';
import { getToken } from '../api/requestToken';
import { REGIONS } from '../config/regions';
import { useTokenInfo } from '../hooks/useTokenInfo';
import { EMPTY_FORM, savedCredentials } from '../lib/savedCredentials';
import { timeLeftText } from '../lib/tokenExpiry';
import { workerSession } from '../services/WorkerSession';
import type { Notice, WorkerForm } from '../types';
import { toWorkerTokenCredentials } from '@worker-token/manager';
import { workerTokenManager } from '../worker-token';
import { WorkerRecord } from '../added/worker-record';
import { ConfigurationPanel as Panel } from '../added/configuration-panel';

export function WorkerTokenFlow() {
	const [form, setForm] = useState<WorkerForm>(() => savedCredentials());
	const [notice, setNotice] = useState<Notice>({ tone: 'info', text: '' });
	const [busy, setBusy] = useState(false);
	const { hasToken, timeLeft } = useTokenInfo();

	const change = (field: keyof WorkerForm) => (value: string) => setForm((old) => ({ ...old, [field]: value }));

	const save = useCallback(async () => {
		if (!form.environmentId || !form.clientId || !form.clientSecret) {
			setNotice({ tone: 'error', text: 'Environment ID, client ID and client secret are needed' });
			return;
		}
		const clean = {
			...form,
			environmentId: form.environmentId.trim(),
			clientId: form.clientId.trim(),
			clientSecret: form.clientSecret.trim(),
			scopes: form.scopes
				.split(/\s+/)
				.filter((scope) => scope && scope !== 'openid')
				.join(' '),
		};
		try {
			await workerTokenManager.saveCredentials(toWorkerTokenCredentials(clean));
			await workerTokenManager.invalidateToken();
		} catch (error) {
			console.warn('[worker] save failed', error);
			setNotice({ tone: 'error', text: 'The configuration could not be saved' });
			return;
		}
		window.dispatchEvent(new CustomEvent('workerCredentialsUpdated'));
		setNotice({ tone: 'success', text: 'Configuration saved' });
	}, [form]);

	const request = async () => {
		setBusy(true);
		try {
			await getToken();
			setNotice({ tone: 'success', text: 'Token received' });
		} catch (error) {
			setNotice({ tone: 'error', text: error instanceof Error ? error.message : String(error) });
		} finally {
			setBusy(false);
		}
	};

	const invalidate = async () => {
		if (!workerSession.hasToken()) {
			setNotice({ tone: 'info', text: 'There is no token to invalidate' });
			return;
		}
		await workerTokenManager.invalidateToken();
		setNotice({ tone: 'info', text: 'Token invalidated' });
	};

	const clear = async () => {
		await workerSession.clear();
		window.dispatchEvent(new CustomEvent('workerCredentialsUpdated'));
		setForm(EMPTY_FORM);
		setNotice({ tone: 'info', text: 'Configuration cleared' });
	};

	return (
		<Page title="Worker Token Flow" intro="The worker application of this console. Every page uses what is saved here.">
			<Message tone={notice.tone} text={notice.text} />
			<Panel title="Configuration">
				<Form label="Worker configuration" onSubmit={() => void save()}>
					<FieldGrid>
						<TextField label="Environment ID" value={form.environmentId} onChange={change('environmentId')} />
						<SelectField label="Region" value={form.region} options={REGIONS} onChange={change('region')} />
						<TextField label="Client ID" value={form.clientId} onChange={change('clientId')} />
						<SecretField label="Client secret" value={form.clientSecret} onChange={change('clientSecret')} />
						<TextField label="Scopes" value={form.scopes} onChange={change('scopes')} hint="Separated by spaces. Worker applications usually need none." />
					</FieldGrid>
					<ButtonRow>
						<ActionButton kind="main" type="submit">
							Save configuration
						</ActionButton>
						<ActionButton kind="danger" onClick={() => void clear()}>
							Clear configuration
						</ActionButton>
					</ButtonRow>
				</Form>
				<WorkerRecord form={form} onTake={setForm} />
			</Panel>
			<KeyValueCard
				title="Worker token"
				facts={[
					{ name: 'State', value: hasToken ? 'Valid' : 'No token' },
					{ name: 'Time left', value: hasToken ? timeLeftText(timeLeft) : '–' },
				]}
			>
				<ButtonRow>
					<ActionButton kind="main" busy={busy} onClick={() => void request()}>
						Request token
					</ActionButton>
					<ActionButton onClick={() => void invalidate()}>Invalidate token</ActionButton>
				</ButtonRow>
			</KeyValueCard>
		</Page>
	);
}
