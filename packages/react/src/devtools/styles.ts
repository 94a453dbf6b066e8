/** Looks of the panel. In a shadow root: nothing of the page gets in, nothing of this gets out. */
export const PANEL_HEIGHT = 'min(340px, 60vh)';

export const STYLES = `
:host { all: initial; color-scheme: light dark; }
* { box-sizing: border-box; font: 13px/1.5 system-ui, sans-serif; }
button { cursor: pointer; border: 1px solid light-dark(#6b7280, #9ca3af); border-radius: 6px; padding: 4px 10px;
  background: light-dark(#fff, #1f2937); color: light-dark(#111827, #f3f4f6); }
button:disabled { cursor: default; opacity: .6; }
button:focus-visible, [tabindex]:focus-visible { outline: 2px solid light-dark(#1d4ed8, #93c5fd); outline-offset: 1px; }
.toggle { position: fixed; inset: auto auto 12px 12px; z-index: 2147483646; box-shadow: 0 1px 4px #0004; }
.panel { position: fixed; inset: auto 0 0 0; z-index: 2147483646; height: ${PANEL_HEIGHT}; display: flex; flex-direction: column;
  background: light-dark(#f9fafb, #111827); color: light-dark(#111827, #f3f4f6); border-top: 1px solid light-dark(#6b7280, #9ca3af); }
.bar { display: flex; gap: 8px; align-items: center; padding: 8px 12px; flex-wrap: wrap; }
.bar h2 { font-weight: 600; margin: 0 8px 0 0; }
.bar .space { flex: 1; }
[role=tabpanel] .bar { padding: 4px 0; }
[role=tab] { border-color: transparent; background: none; color: inherit; }
[role=tab][aria-selected=true] { border-color: currentColor; font-weight: 600; }
[role=tabpanel] { flex: 1; overflow: auto; padding: 4px 12px 12px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 3px 14px 3px 0; white-space: nowrap; vertical-align: top; }
td.wide { white-space: normal; width: 100%; }
thead th { font-weight: 600; border-bottom: 1px solid light-dark(#9ca3af, #6b7280); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 4px 0 8px; }
dt { font-weight: 600; } dd { margin: 0; }
h3 { font-weight: 600; margin: 8px 0 2px; }
p { margin: 4px 0; }
.failure { color: light-dark(#b91c1c, #fca5a5); }
`;
