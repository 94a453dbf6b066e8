// Keeps a form of the worker in step with what another tab saves: a form without edits follows, one with edits asks.
import { useEffect, useMemo, useState } from 'react';
import { useWorkerCredentials } from '@worker-token/react';
import { EMPTY_FORM, savedCredentials } from '../lib/savedCredentials';
import type { WorkerForm } from '../types';
import { sameWorker } from './same-worker';

export interface SavedElsewhere {
  saved: WorkerForm;
  /** The form has edits, and something else was saved since it was filled in. */
  conflict: boolean;
  take: () => void;
  keep: () => void;
}

export function useSavedElsewhere(form: WorkerForm, onTake: (form: WorkerForm) => void): SavedElsewhere {
  const { credentials } = useWorkerCredentials();
  const saved = useMemo(() => (credentials ? savedCredentials() : EMPTY_FORM), [credentials]);
  const [base, setBase] = useState(saved);
  const moved = !sameWorker(saved, base);
  const edited = !sameWorker(form, base);
  const settled = sameWorker(form, saved);
  if (moved && settled) setBase(saved);

  useEffect(() => {
    if (moved && !edited) onTake(saved);
  }, [moved, edited, saved, onTake]);

  return {
    saved,
    conflict: moved && edited && !settled,
    take: () => onTake(saved),
    keep: () => setBase(saved),
  };
}
