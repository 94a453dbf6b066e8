/** Writes down what a storage holds. Which fields are secret is without-secrets.ts, how they are sealed export-seal.ts. */
import { EXPORT_FORMAT, EXPORT_VERSION, exportHeader } from './export-file.js';
import { sealExport } from './export-seal.js';
import { parseSafeJson } from './safe-json.js';
import { isTransferable, knownShape, type TransferContext } from './transfer-context.js';
import type { ExportedRecord, ExportFile, ExportOptions } from './types/transfer.js';
import { withoutSecrets } from './without-secrets.js';

/** Records that cannot be read are not in it. @throws PassphraseError if the passphrase is too short. */
export async function exportRecords(context: TransferContext, options: ExportOptions): Promise<ExportFile> {
  const head: ExportFile = { format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt: context.now() };
  const slots = (await context.slots()).filter(isTransferable).sort();
  const records: ExportedRecord[] = [];
  for (const slot of slots) {
    const record = await exportRecord(context, slot, options);
    if (record) records.push(record);
  }
  if (options.passphrase === undefined) return { ...head, records };
  return { ...head, sealed: await sealExport(JSON.stringify(records), options.passphrase, exportHeader(head)) };
}

async function exportRecord(
  context: TransferContext,
  slot: string,
  { passphrase, flows }: ExportOptions,
): Promise<ExportedRecord | null> {
  const { json, header } = await context.record(slot).raw();
  if (json === null || !header) return null;
  const { schemaVersion, savedAt, expiresAt } = header;
  const value = parseSafeJson(json);
  const shown =
    passphrase === undefined
      ? withoutSecrets(value, knownShape(context, slot, flows)?.secretFields)
      : { data: value, leftOut: [] };
  return { key: slot, schemaVersion, savedAt, ...(expiresAt === undefined ? {} : { expiresAt }), ...shown };
}
