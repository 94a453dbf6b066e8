// The form of one flow: what is stored for it, the edits that are not saved yet, and what can be done with both.
import { useState } from 'react';
import { useFlowCredentials, type UseFlowCredentialsResult } from '@worker-token/react';
import { flowKey } from '@worker-token/storage';

export interface FlowForm<T> {
  key: string;
  stored: UseFlowCredentialsResult<T>;
  /** What went wrong with the last attempt. */
  problem: string;
  /** Resolves with true when it is done; what went wrong stands in `problem`. */
  save: () => Promise<boolean>;
  clear: () => Promise<boolean>;
  /** Another tab's data instead of the edits. */
  takeTheirs: () => void;
  /** The edits over another tab's data. */
  saveMine: () => Promise<boolean>;
  /** Fills fields in; nothing is saved by it. */
  fill: (fields: Partial<T>) => void;
}

type Update<T> = (update: (old: T) => T) => void;

/** @param empty What the form shows where nothing is stored. */
export function useFlowForm<T extends object>(key: string, empty: T): [T, Update<T>, FlowForm<T>] {
  const [edits, setEdits] = useState<T | null>(null);
  const stored = useFlowCredentials<T>(flowKey(key), { dirty: edits !== null });
  const [problem, setProblem] = useState('');
  const saved: T = { ...empty, ...stored.value };
  const data = edits ?? saved;

  const update: Update<T> = (change) => setEdits((old) => change(old ?? saved));
  const run = async (work: () => Promise<unknown>) => {
    setProblem('');
    try {
      await work();
      // What was typed meanwhile is still to be saved.
      setEdits((now) => (now === edits ? null : now));
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work');
      return false;
    }
  };

  const form: FlowForm<T> = {
    key,
    stored,
    problem,
    save: () => run(() => stored.save(data)),
    clear: () => run(() => stored.clear()),
    takeTheirs() {
      stored.conflict?.accept();
      setEdits(null);
    },
    saveMine: () => run(async () => stored.conflict?.overwrite(data)),
    fill: (fields) => update((old) => ({ ...old, ...fields })),
  };
  return [data, update, form];
}
