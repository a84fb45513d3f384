import { ON_DARK } from '../drawing/theme.js';

const onDark = Object.entries(ON_DARK)
  .map(([light, dark]) => {
    const of = (attribute: string) => `  .card svg [${attribute}="${light}"] { ${attribute}: ${dark}; }`;
    // The switches of cohorts have their colours by themselves.
    return `${of('fill')}\n${of('stroke')}\n  #cohorts [data-color="${light}"] { --cohort: ${dark} !important; }`;
  })
  .join('\n');

/** The report's style sheet: one column of 800 px, dark when the reader's system is, plain on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5c5c5c; --line: #d9d9d9; --page: #ffffff; --panel: #f5f5f3;
  --good: #00664b; --bad: #a84300; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e6; --soft: #a9a9a6; --line: #3c3c3a; --page: #171716; --panel: #222220;
    --good: #56cfa8; --bad: #ff9d5c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 840px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 12px; overflow-wrap: break-word; }
h2 { font-size: 20px; line-height: 1.3; margin: 48px 0 12px; }
p { margin: 0 0 10px; }
.question { font-size: 19px; color: var(--soft); margin-bottom: 20px; }
.answer { border-left: 4px solid var(--line); padding-left: 16px; font-size: 17px; }
.answer .verdict { font-weight: 600; }
.answer ul { margin: 0; padding-left: 20px; font-size: 15px; color: var(--soft); }
.answer li { margin: 0 0 4px; }
.note { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 12px; margin: 0; }
.figures > div { background: var(--panel); border-radius: 6px; padding: 12px 14px; }
.figures dt { font-size: 14px; font-weight: 600; }
.figures dd { margin: 0; }
.figures .value { font-size: 26px; line-height: 1.35; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.figures .unit { font-size: 15px; color: var(--soft); }
.figures .meaning { font-size: 13px; line-height: 1.4; color: var(--soft); }
figure { margin: 0 0 32px; }
.card { background: #ffffff; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.card.narrow svg { max-width: 480px; margin: 0 auto; }
.card svg { display: block; width: 100%; height: auto; background-color: transparent !important; }
figcaption { font-size: 14px; color: var(--soft); margin-top: 8px; }
figcaption p { margin: 0 0 4px; }
figcaption .says { font-size: 15px; color: var(--ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wide { overflow-x: auto; }
.hint { display: none; font-size: 14px; color: var(--soft); margin: 0 0 6px; }
details { margin: 12px 0; }
summary { cursor: pointer; padding: 6px 0; }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
p, li, dt, dd, figcaption, summary { overflow-wrap: break-word; }
.wide + .note { margin-top: 10px; }
th { font-weight: 600; color: var(--soft); font-size: 14px; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
td.number { white-space: nowrap; }
.met { color: var(--good); font-weight: 600; white-space: nowrap; }
.unmet { color: var(--bad); font-weight: 600; white-space: nowrap; }
code { font: 13.5px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.terms { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 6px 20px; margin: 0;
  font-size: 15px; }
.terms dt { font-weight: 600; }
.terms dd { margin: 0; min-width: 0; }
#cohorts { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; padding: 10px 0;
  background: var(--page); max-height: 30vh; overflow-y: auto; }
#cohorts[hidden] { display: none; }
#cohorts button { font: inherit; font-size: 14px; color: var(--ink); background: none; cursor: pointer;
  border: 1px solid var(--line); border-left: 14px solid var(--cohort); border-radius: 4px; padding: 3px 10px;
  overflow-wrap: anywhere; }
#cohorts button[aria-pressed="false"] { color: var(--soft); border-left-color: var(--line);
  text-decoration: line-through; }
.tip { position: fixed; z-index: 2; display: grid; grid-template-columns: auto auto; gap: 1px 12px; max-width: 90vw;
  padding: 6px 10px; font-size: 13px; pointer-events: none; color: var(--ink); background: var(--page);
  border: 1px solid var(--soft); border-radius: 4px; }
.tip[hidden] { display: none; }
.tip b { font-weight: 600; text-align: right; font-variant-numeric: tabular-nums; }
@media screen and (prefers-color-scheme: dark) {
  .card { background: ${ON_DARK['#ffffff']}; }
${onDark}
}
@media screen and (max-width: 680px) {
  main { padding: 24px 14px 48px; }
  .hint { display: block; }
  .figures { grid-template-columns: repeat(auto-fill, minmax(155px, 1fr)); gap: 8px; }
  .figures .value { font-size: 22px; }
  /* Names for programs are longer than a tile. */
  .figures .name { display: none; }
  /* Charts keep a size at which their words can be read, and scroll in their box. */
  .card { overflow-x: auto; }
  .card svg { width: 720px; }
  .card.narrow svg { width: 100%; }
  .wide table { width: max-content; min-width: 100%; font-size: 14px; }
  .wide td, .wide th { max-width: 75vw; padding-right: 12px; }
  .wide code { overflow-wrap: break-word; }
  .terms { display: block; }
  .terms dd { margin: 0 0 10px; }
}
@media print {
  #cohorts, .tip, .hint { display: none; }
  :root { color-scheme: light; --ink: #000000; --soft: #444444; --line: #bbbbbb; --page: #ffffff; --panel: #ffffff;
    --good: #00664b; --bad: #a84300; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  .figures > div { border: 1px solid var(--line); }
  figure, tr, .figures > div, [aria-labelledby="expectations"], .answer { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  figure { margin-bottom: 16px; }
  figure svg { width: auto; max-width: 100%; max-height: 92mm; }
  h2 { break-after: avoid; }
}
`;
