import { useCallback, useEffect, useState } from 'react';
import { tokenInfo } from '../lib/tokenExpiry';
import type { TokenInfo } from '../types';
import { workerTokenManager } from '../worker-token';

/** The state of the token, kept up to date by every means we know. */
export function useTokenInfo(): TokenInfo {
  const [info, setInfo] = useState<TokenInfo>(() => tokenInfo());

  const check = useCallback(() => {
    setInfo(tokenInfo());
  }, []);

  useEffect(() => {
    const timer = setInterval(check, 1000);
    const onStorage = () => {
      check();
    };
    const unsubscribe = workerTokenManager.subscribe(onStorage);
    const stopWatching = workerTokenManager.subscribe(check);
    return () => {
      clearInterval(timer);
      unsubscribe();
      stopWatching();
    };
  }, [check]);

  return info;
}
