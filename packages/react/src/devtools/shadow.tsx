/** Renders its children into a shadow root of its own. */
import { type ReactNode, useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import { STYLES } from './styles.js';

export function Shadow({ children, styleNonce }: { children: ReactNode; styleNonce: string | undefined }): ReactNode {
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  const host = useCallback((element: HTMLElement | null) => {
    if (element) setRoot(element.shadowRoot ?? element.attachShadow({ mode: 'open' }));
  }, []);
  return (
    <div ref={host} data-worker-token-devtools="">
      {root &&
        createPortal(
          <>
            <style nonce={styleNonce}>{STYLES}</style>
            {children}
          </>,
          root,
        )}
    </div>
  );
}
