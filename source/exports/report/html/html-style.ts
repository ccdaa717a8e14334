/**
 * The style of a report: for a light and a dark screen, and for paper (A4 and Letter). No font and no
 * picture is loaded. Contrast of text is at least 4.5 to 1 (WCAG AA) in both.
 */
export const HTML_STYLE = `
:root { color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #c9d1d9; --band: #f3f5f8;
  --one: #a4161a; --two: #8a4b00; --three: #3d4f7c; --warn: #fff4d6; --warn-line: #b58100; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161c; --text: #e4e9ef; --quiet: #a3adb8; --line: #39424d; --band: #1b222b;
  --one: #ff8d88; --two: #f0b45c; --three: #a9bdf5; --warn: #33290d; --warn-line: #d8a520; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .6rem; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .7rem; padding-top: .5rem; border-top: 2px solid var(--text); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
h1, h2, h3 { break-after: avoid; text-wrap: balance; }
p { margin: .5rem 0; max-width: 62rem; }
ul { margin: .4rem 0; padding-left: 1.3rem; max-width: 62rem; }
li { margin: .2rem 0; }
li .again { display: block; }
code { font-family: ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace; font-size: .86em; }
dl { display: grid; grid-template-columns: minmax(8rem, 15rem) 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
dt, dd, td, li, p, code, caption { overflow-wrap: anywhere; }
.stamp { font-size: .88rem; margin: 0 0 1rem; }
.lead { font-size: 1.12rem; font-weight: 600; }
.warning { background: var(--warn); border-left: 4px solid var(--warn-line); padding: .5rem .8rem; }
.again { color: var(--quiet); font-size: .85rem; }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: .8rem; margin: .9rem 0; }
.figure { border: 1px solid var(--line); border-top: 4px solid var(--tone); border-radius: 4px;
  padding: .6rem .8rem; break-inside: avoid; display: flex; flex-direction: column; }
.figure p { margin: .25rem 0; font-size: .9rem; }
.figure .name { font-weight: 600; }
.figure .value { color: var(--tone); font-size: 1.2rem; font-weight: 700; line-height: 1.25; }
.figure .again { margin-top: auto; padding-top: .3rem; }
.one { --tone: var(--one); } .two { --tone: var(--two); } .three { --tone: var(--three); }
table { width: 100%; border-collapse: collapse; margin: .6rem 0 1rem; font-size: .86rem; }
caption { break-after: avoid; text-align: left; font-weight: 600; font-size: .95rem; padding: .5rem 0 .3rem; }
caption .cut { display: block; font-weight: 400; color: var(--quiet); font-size: .86rem; }
th { overflow-wrap: break-word; }
time { display: inline-block; max-width: 100%; }
table.laid-out { table-layout: fixed; }
thead { display: table-header-group; break-inside: avoid; break-after: avoid; }
th { text-align: left; background: var(--band); border-bottom: 1.5px solid var(--text); }
th, td { padding: .3rem .5rem; vertical-align: top; }
td { border-bottom: 1px solid var(--line); }
td div + div { margin-top: .1rem; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
table:not(.laid-out) td:not(.number) { min-width: 9em; }
tr { break-inside: avoid; }
nav { border: 1px solid var(--line); border-radius: 4px; padding: .5rem .9rem; margin: 1rem 0; font-size: .9rem; }
nav ol { columns: 3 14rem; margin: 0; padding-left: 1.4rem; }
a { color: inherit; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; color: var(--quiet); font-size: .85rem; }
@media screen and (max-width: 48rem) { .figures { grid-template-columns: 1fr; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@page { margin: 15mm 13mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  :root { color-scheme: light; --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --band: #eee;
    --one: #a4161a; --two: #8a4b00; --three: #3d4f7c; --warn: #fff; --warn-line: #777; }
  :root { font-size: 9pt; }
  body { max-width: none; padding: 0; font-size: 1rem; line-height: 1.35; }
  p, ul { margin: .3rem 0; } h3 { margin: .9rem 0 .3rem; } nav { margin: .6rem 0; }
  .stamp { gap: .05rem 1rem; margin-bottom: .4rem; }
  .first .chapter h2 { margin: .6rem 0 .4rem; }
  .figures { gap: .6rem; margin: .5rem 0; }
  .first { break-after: page; }
  .chapter h2 { margin-top: 1.2rem; }
  p, li { orphans: 3; widows: 3; }
  table { font-size: .84rem; } th, td { padding: .18rem .35rem; }
}
`;
