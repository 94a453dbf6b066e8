/** Puts the deadline of the stored token into the past, in every tab, as if its time were over. */
import type { CredentialStorage } from '@worker-token/storage';

export async function expireToken(storage: CredentialStorage): Promise<void> {
  const { token } = storage.shared;
  const { data, revision } = await token.load({ fresh: true });
  if (data) await token.save({ ...data, expiresAt: Date.now() - 1 }, { ifRevision: revision });
}
