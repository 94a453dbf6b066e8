/** Tabs as WAI-ARIA describes them: one stop of the keyboard, arrows move. @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import type { KeyboardEvent, ReactNode } from 'react';

export interface TabListProps<T extends string> {
  tabs: readonly T[];
  selected: T;
  onSelect: (tab: T) => void;
}

export const tabId = (tab: string): string => `tab-${tab.toLowerCase().replaceAll(' ', '-')}`;

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function TabList<T extends string>({ tabs, selected, onSelect }: TabListProps<T>): ReactNode {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (tabs.indexOf(selected) + step + tabs.length) % tabs.length;
    onSelect(tabs[next]!);
    (event.currentTarget.children[next] as HTMLElement).focus();
  }
  return (
    <div role="tablist" aria-label="Worker token devtools" onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          role="tab"
          id={tabId(tab)}
          aria-controls="view"
          aria-selected={tab === selected}
          tabIndex={tab === selected ? 0 : -1}
          onClick={() => onSelect(tab)}
        >
          {tab}
        </button>
      ))}
    </div>
  );
}
