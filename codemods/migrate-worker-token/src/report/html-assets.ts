/** Style and the few lines of script of the HTML report. */

export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --ok: #1a7f37; --left: #b35900; --back: #cf222e; --skip: #6e7781; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } .sub { margin-top: .25rem; opacity: .75; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; }
.tiles div { border: 1px solid var(--line); border-radius: 8px; padding: .5rem .9rem; font-size: .85rem; }
.tiles b { display: block; font-size: 1.4rem; }
table { width: 100%; border-collapse: collapse; } td { padding: .2rem .5rem .2rem 0; } .n { text-align: right; width: 4rem; }
.bar { width: 50%; } tr .bar { display: flex; height: 1.1rem; } .bar i { display: block; margin-right: 1px; }
i.migrated { background: var(--ok); } i.manual { background: var(--left); } i.rolled-back { background: var(--back); } i.skipped { background: var(--skip); }
span.migrated { color: var(--ok); } span.manual { color: var(--left); } span.rolled-back { color: var(--back); } span.skipped { color: var(--skip); }
.filters label { margin-right: 1rem; }
article { border-top: 1px solid var(--line); padding: .5rem 0 1rem; } article[hidden] { display: none; }
h3 { margin: .5rem 0; font-size: 1rem; } h4 { margin: 0; font-size: .8rem; opacity: .7; } small { font-weight: normal; opacity: .75; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: .75rem; }
pre { margin: .2rem 0; padding: .6rem; border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; }
`;

export const SCRIPT = `
const boxes = [...document.querySelectorAll('.filters [type=checkbox]')];
const search = document.querySelector('[type=search]');
const show = () => {
  const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const text = search.value.toLowerCase();
  for (const site of document.querySelectorAll('article')) site.hidden = !on.has(site.dataset.status) || !site.dataset.text.includes(text);
};
for (const input of [...boxes, search]) input.addEventListener('input', show);
`;
