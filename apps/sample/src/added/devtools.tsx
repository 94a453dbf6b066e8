// The devtools panel. A sample is there to be looked into, so it is in this production build, too - loaded apart.
import { lazy, Suspense } from 'react';

const Panel = lazy(async () => ({
  default: (await import('@worker-token/react/devtools/production')).WorkerTokenDevtools,
}));

export function Devtools() {
  return (
    <Suspense fallback={null}>
      <Panel />
    </Suspense>
  );
}
