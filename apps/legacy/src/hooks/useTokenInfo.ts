import { useCallback, useEffect, useState } from 'react';
import { tokenInfo } from '../lib/tokenExpiry';
import type { TokenInfo } from '../types';

/** The state of the token, kept up to date by every means we know. */
export function useTokenInfo(): TokenInfo {
  const [info, setInfo] = useState<TokenInfo>(() => tokenInfo());

  const check = useCallback(() => {
    setInfo(tokenInfo());
  }, []);

  useEffect(() => {
    const timer = setInterval(check, 1000);
    const onStorage = (event: StorageEvent) => {
      if (event.key === 'worker_token' || event.key === 'worker_token_expires_at') check();
    };
    window.addEventListener('storage', onStorage);
    window.addEventListener('workerTokenUpdated', check);
    return () => {
      clearInterval(timer);
      window.removeEventListener('storage', onStorage);
      window.removeEventListener('workerTokenUpdated', check);
    };
  }, [check]);

  return info;
}
