/** Takes over an export, all of it or nothing: read, plan every record, and only then write. What a file may be is export-file.ts. */
import { ImportRefusedError, PassphraseError, StorageError } from './errors.js';
import { BadExportError, exportHeader, parseRecords, readExportFile } from './export-file.js';
import { openExport } from './export-seal.js';
import { CREDENTIALS_SLOT } from './flow-key.js';
import { anyValue, readValue, type RecordShape } from './record-shape.js';
import type { RawRecord } from './slot-reader.js';
import { isObject } from './safe-json.js';
import { knownShape, type TransferContext } from './transfer-context.js';
import type { ExportedRecord, ImportOptions, ImportReport } from './types/transfer.js';

type Action = ImportReport['records'][number]['action'];

/** What is to be done with one record of the file. */
interface Step {
  record: ExportedRecord;
  action: Action;
  shape: RecordShape<unknown>;
  value: unknown;
  before: RawRecord;
}

/**
 * @throws ImportRefusedError for a bad file, or one bad record; in a dry run they are told instead.
 * @throws PassphraseError if the file is sealed and the passphrase is missing or wrong.
 */
export async function importRecords(
  context: TransferContext,
  file: unknown,
  options: ImportOptions,
): Promise<ImportReport> {
  const problems: ImportReport['problems'] = [];
  const steps: Step[] = [];
  for (const record of await readRecords(file, options, problems)) {
    try {
      steps.push(await plan(context, record, options));
    } catch (error) {
      problems.push({ key: record.key, reason: reasonOf(error) });
    }
  }
  const dryRun = options.dryRun ?? false;
  if (!dryRun) {
    if (problems.length > 0) throw new ImportRefusedError(problems);
    await write(context, steps);
  }
  const records = steps.map(({ record, action }) => ({ key: record.key, action, leftOut: record.leftOut }));
  return { dryRun, records, problems };
}

async function readRecords(
  file: unknown,
  { passphrase }: ImportOptions,
  problems: ImportReport['problems'],
): Promise<ExportedRecord[]> {
  try {
    const { sealed, records = [], ...head } = readExportFile(file);
    if (!sealed) return records;
    if (passphrase === undefined) throw new PassphraseError('The file is sealed: give its passphrase.');
    return parseRecords(await openExport(sealed, passphrase, exportHeader(head)));
  } catch (error) {
    if (!(error instanceof BadExportError)) throw error;
    problems.push({ key: null, reason: error.message });
    return [];
  }
}

async function plan(context: TransferContext, record: ExportedRecord, { flows }: ImportOptions): Promise<Step> {
  const { key, schemaVersion, expiresAt, leftOut } = record;
  const shape = knownShape(context, key, flows) ?? anyValue(key, schemaVersion);
  const before = await context.record(key).raw();
  const step = (action: Action, value: unknown = null): Step => ({ record, action, shape, value, before });
  if (before.problem?.kind === 'unavailable') throw new BadExportError('The storage is not to be had.');
  if (before.header && before.header.schemaVersion > shape.version) {
    throw new BadExportError('The record that is here has a newer schema version.');
  }
  if (record.data === undefined || (expiresAt !== undefined && expiresAt <= context.now())) return step('skipped');
  const isHere = before.json !== null || before.problem !== undefined;
  if (isHere && leftOut.length > 0) return step('kept');
  const { data, problem } = await readValue(shape, asRaw(record));
  // What a schema demands may be what was left out.
  if (problem && leftOut.length > 0) return step('skipped');
  if (problem) throw new BadExportError(problem.message);
  if (before.json === JSON.stringify(data)) return step('unchanged');
  return step(isHere ? 'replaced' : 'added', data);
}

/** As if the file's record had been read from a tier: migrated and checked the same way. */
function asRaw({ key, schemaVersion, savedAt, data }: ExportedRecord): RawRecord {
  // The shape wants the field; without secrets it is filled in later.
  const value = key === CREDENTIALS_SLOT && isObject(data) ? { clientSecret: '', ...data } : data;
  const header = { slot: key, revision: 1, writeId: '', savedAt, expiresAt: undefined, schemaVersion };
  return { json: JSON.stringify(value), header, revision: null, tier: null, source: 'none', text: null };
}

/** A storage that fails half-way gets back what it had, but for what somebody else saved meanwhile. */
async function write(context: TransferContext, steps: readonly Step[]): Promise<void> {
  const written: { step: Step; revision: number }[] = [];
  try {
    for (const step of steps) {
      if (step.action !== 'added' && step.action !== 'replaced') continue;
      const options = { ifRevision: step.before.revision, ...timeToLive(context, step.record.expiresAt) };
      const { revision } = await context.record(step.record.key).save(step.shape, step.value, options);
      written.push({ step, revision });
    }
  } catch (error) {
    for (const { step, revision } of written) await putBack(context, step, revision).catch(() => undefined);
    throw new ImportRefusedError([{ key: null, reason: reasonOf(error) }]);
  }
}

async function putBack(context: TransferContext, { record: { key }, before }: Step, ifRevision: number): Promise<void> {
  const record = context.record(key);
  if (before.json === null || !before.header) return record.clear({ ifRevision });
  const { schemaVersion, expiresAt } = before.header;
  const options = { ifRevision, ...timeToLive(context, expiresAt) };
  await record.save(anyValue(key, schemaVersion), JSON.parse(before.json) as unknown, options);
}

function timeToLive({ now }: TransferContext, expiresAt: number | undefined): { ttlMs?: number } {
  return expiresAt === undefined ? {} : { ttlMs: expiresAt - now() };
}

/** Our own words only: a foreign message might quote a value. */
function reasonOf(error: unknown): string {
  return error instanceof StorageError || error instanceof BadExportError ? error.message : 'The storage failed.';
}
