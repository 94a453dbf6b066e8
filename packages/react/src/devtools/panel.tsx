/** The button in the corner and the panel it opens. Records from the moment it is mounted, opened or not. */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useCredentialStorage, useWorkerTokenManager } from '../context.js';
import { createEventLog } from './event-log.js';
import { FlowsView } from './flows-view.js';
import { Shadow } from './shadow.js';
import { simulateFullQuota } from './simulate-quota.js';
import { PANEL_HEIGHT } from './styles.js';
import { tabId, TabList } from './tab-list.js';
import { recordTabMessages, type TabMessage } from './tab-messages.js';
import { TabsView } from './tabs-view.js';
import { recordTimeline, type TimelineEntry } from './token-timeline.js';
import { TokenView } from './token-view.js';

export interface WorkerTokenDevtoolsProps {
  /** Open when it is mounted. Default false. */
  initialIsOpen?: boolean;
  /** The `appId` of the storage, where it has one. */
  appId?: string;
  /** For pages whose content security policy asks for one. */
  styleNonce?: string;
}

const VIEWS = ['Worker token', 'Flows', 'Tabs'] as const;

export function Panel({ initialIsOpen = false, appId, styleNonce }: WorkerTokenDevtoolsProps): ReactNode {
  const manager = useWorkerTokenManager();
  const storage = useCredentialStorage();
  const timeline = useMemo(() => createEventLog<TimelineEntry>(), []);
  const messages = useMemo(() => createEventLog<TabMessage>(), []);
  useEffect(() => recordTimeline(manager, timeline), [manager, timeline]);
  useEffect(() => recordTabMessages(appId, messages), [appId, messages]);
  const quota = useFullQuota();
  const [isOpen, setOpen] = useState(initialIsOpen);
  useRoomBelow(isOpen);
  const [view, setView] = useState<(typeof VIEWS)[number]>('Worker token');
  return (
    <Shadow styleNonce={styleNonce}>
      {isOpen ? (
        <section className="panel" aria-label="Worker token devtools">
          <div className="bar">
            <h2>Devtools</h2>
            <TabList tabs={VIEWS} selected={view} onSelect={setView} />
            <span className="space" />
            <button onClick={() => setOpen(false)}>Close</button>
          </div>
          <div role="tabpanel" id="view" aria-labelledby={tabId(view)} tabIndex={0}>
            {view === 'Worker token' && <TokenView manager={manager} timeline={timeline} quota={quota} />}
            {view === 'Flows' && <FlowsView storage={storage} />}
            {view === 'Tabs' && <TabsView messages={messages} />}
          </div>
        </section>
      ) : (
        <button className="toggle" aria-expanded={false} onClick={() => setOpen(true)}>
          Worker token devtools
        </button>
      )}
    </Shadow>
  );
}

/** While the panel is open the page can be scrolled out from under it. */
function useRoomBelow(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const { style } = document.body;
    const before = style.paddingBottom;
    style.paddingBottom = PANEL_HEIGHT;
    return () => {
      style.paddingBottom = before;
    };
  }, [isOpen]);
}

function useFullQuota(): { full: boolean; setFull: (full: boolean) => void } {
  const [full, setFull] = useState(false);
  useEffect(() => (full ? simulateFullQuota() : undefined), [full]);
  return { full, setFull };
}
