/** How the page looks: on a screen, light and dark, and on paper. Sites out of sight are not laid out. */

const LIGHT = `--bg: #fff; --fg: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --link: #0550ae;
--migrated: #116329; --manual: #8f5200; --rolled-back: #b3202b; --skipped: #57606a; --del: #ffe5e2; --ins: #d5f7dc;`;
const DARK = `--bg: #0f1318; --fg: #e6edf3; --soft: #a0abb6; --line: #333b44; --panel: #171c23; --link: #79b8ff;
--migrated: #4cc35f; --manual: #e5a83f; --rolled-back: #ff8a82; --skipped: #a0abb6; --del: #4a1f22; --ins: #143a22;`;

export const STYLE = `
:root { ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1240px; padding: 1.5rem 1rem 4rem; background: var(--bg); color: var(--fg); }
code, pre, kbd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .87em; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
a { color: var(--link); overflow-wrap: anywhere; } .sub, small { color: var(--soft); } .sub { margin: .3rem 0 1rem; overflow-wrap: anywhere; }
.note { border-left: 4px solid var(--manual); padding: .2rem .8rem; background: var(--panel); }
.bar { display: block; width: 100%; height: .8rem; border-radius: 3px; } header > .bar { height: 1.2rem; }
rect.migrated, i.migrated { fill: var(--migrated); background: var(--migrated); } rect.manual, i.manual { fill: var(--manual); background: var(--manual); }
rect.rolled-back, i.rolled-back { fill: var(--rolled-back); background: var(--rolled-back); } rect.skipped, i.skipped { fill: var(--skipped); background: var(--skipped); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: .6rem 0 1.2rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -1px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; margin: 0; }
.tiles div { border: 1px solid var(--line); border-radius: 8px; padding: .5rem .8rem; background: var(--panel); display: flex; flex-direction: column-reverse; }
.tiles dt { color: var(--soft); font-size: .8rem; } .tiles dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
table { width: 100%; border-collapse: collapse; } thead th { color: var(--soft); font-weight: normal; font-size: .8rem; }
th { text-align: left; font-weight: normal; } th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
.n { text-align: right; white-space: nowrap; } td.wide { width: 50%; padding-right: 0; }
button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .7rem; cursor: pointer; }
button.plain { border: 0; padding: 0; background: none; color: var(--link); text-align: left; overflow-wrap: anywhere; } button.plain:hover { text-decoration: underline; }
.toolbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem; padding: .6rem 0; background: var(--bg); border-bottom: 1px solid var(--line); }
html:not(.script) .toolbar { display: none; } html:not(.script) button.plain { color: inherit; cursor: auto; pointer-events: none; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--soft); border-radius: 6px; padding: .25rem .5rem; max-width: 15rem; }
input[type=search] { flex: 1 1 11rem; } input[type=checkbox] { vertical-align: -1px; accent-color: var(--link); } label { white-space: nowrap; } label span, output { color: var(--soft); }
output { margin-left: auto; } kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35em; background: var(--panel); }
#help { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; width: 100%; margin: 0; } #help div { display: flex; gap: .5rem; } #help dd { margin: 0; color: var(--soft); }
#list { margin-top: .8rem; } .chunk { content-visibility: auto; contain-intrinsic-size: auto calc(var(--sites, 20) * 14rem); }
article { scroll-margin-top: 5rem; border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .8rem; padding: .6rem .9rem .9rem; }
article p { margin: .2rem 0 .5rem; overflow-wrap: anywhere; } h3 { margin: .1rem 0 .4rem; font-size: 1rem; font-weight: 600; } h4 { margin: 0 0 .2rem; font-size: .78rem; font-weight: normal; color: var(--soft); }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: 0 .6em; font-size: .8rem; font-weight: normal; margin-right: .3rem; }
.badge.migrated { color: var(--migrated); } .badge.manual { color: var(--manual); } .badge.rolled-back { color: var(--rolled-back); } .badge.skipped { color: var(--skipped); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: .8rem; }
pre { margin: 0; padding: .5rem .7rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
del, ins { display: block; text-decoration: none; margin: 0 -.7rem; padding: 0 .7rem; } del { background: var(--del); } ins { background: var(--ins); } pre em { color: var(--soft); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; } article:focus { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 50rem), (max-height: 30rem) { .toolbar { position: static; } article { scroll-margin-top: 1rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } .toolbar { display: none; }
  .chunk { content-visibility: visible; } article { break-inside: avoid; } h2 { break-after: avoid; } tr { break-inside: avoid; }
  .bar, i, del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; } a { color: inherit; text-decoration: none; }
  .pair { grid-template-columns: 1fr 1fr; }
}
`;
