import type { ExportedCase, ExportFormat } from '../../exported-case.ts';
import type { Block, Cell, Chapter, Column, Figure, Report, Table } from '../report.ts';
import { REPORT_TITLE, reportOf } from '../report-of.ts';
import { HTML_STYLE } from './html-style.ts';
import { htmlText } from './html-text.ts';

/** No script runs and nothing is loaded, whatever a text might bring about. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const OPENING = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="mia report">
`;

const code = (text: string): string => `<code>${htmlText(text)}</code>`;

const againHtml = (commands: readonly string[]): string =>
  `<p class="again">The same again: ${commands.map(code).join(' · ')}</p>\n`;

const cellLines = (cell: Exclude<Cell, null>): readonly string[] =>
  typeof cell === 'object' ? cell : [typeof cell === 'number' ? cell.toLocaleString('en') : cell];

/** A time is not broken across lines. Takes and gives HTML. */
const timesKept = (html: string): string =>
  html.replace(/\b\d{4}-\d\d-\d\dT[\d:.]{5,20}Z/g, '<time>$&</time>');

const textHtml = (text: string): string => timesKept(htmlText(text));

const cellHtml = (cell: Cell, as: Column['as']): string => {
  if (cell === null) return '–';
  const write = as === 'code' ? code : textHtml;
  const lines = cellLines(cell).map(write);
  return lines.length === 1 ? (lines[0] ?? '') : lines.map((line) => `<div>${line}</div>`).join('');
};

const classOf = (as: Column['as']): string => (as === 'number' ? ' class="number"' : '');

const isLaidOut = (columns: readonly Column[]): boolean =>
  columns.every(({ width }) => width !== undefined);

const widthsHtml = (columns: readonly Column[]): string =>
  `<colgroup>${columns.map(({ width }) => `<col style="width: ${width}%">`).join('')}</colgroup>\n`;

const tableHtml = function* ({ title, columns, rows, cut, empty }: Table): Generator<string> {
  if (rows.length === 0) {
    yield `<h3>${htmlText(title)}</h3>\n<p>${htmlText(empty)}</p>\n`;
    return;
  }
  const rest =
    cut === null
      ? ''
      : ` <span class="cut">The first ${rows.length.toLocaleString('en')} of ${cut.of.toLocaleString('en')} rows. All of them: ${code(cut.all)}</span>`;
  yield `<table${isLaidOut(columns) ? ' class="laid-out"' : ''}>\n<caption>${htmlText(title)}${rest}</caption>\n`;
  if (isLaidOut(columns)) yield widthsHtml(columns);
  yield '<thead><tr>';
  for (const { name, as } of columns) yield `<th scope="col"${classOf(as)}>${htmlText(name)}</th>`;
  yield '</tr></thead>\n<tbody>\n';
  for (const row of rows) {
    const cells = columns.map(
      ({ as }, at) => `<td${classOf(as)} dir="auto">${cellHtml(row[at] ?? null, as)}</td>`,
    );
    yield `<tr>${cells.join('')}</tr>\n`;
  }
  yield '</tbody>\n</table>\n';
};

const TONES = { 1: 'one', 2: 'two', 3: 'three' } as const;

const figureHtml = ({ strength, name, value, meaning, again }: Figure): string =>
  `<div class="figure ${TONES[strength]}">\n<p class="name">${strength}. ${htmlText(name)}</p>\n` +
  `<p class="value">${htmlText(value)}</p>\n<p>${htmlText(meaning)}</p>\n${againHtml(again)}</div>\n`;

const blockHtml = function* (block: Exclude<Block, Figure>): Generator<string> {
  switch (block.block) {
    case 'heading':
      yield `<h3>${htmlText(block.text)}</h3>\n`;
      return;
    case 'paragraph':
      yield `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${htmlText(block.text)}</p>\n`;
      return;
    case 'again':
      yield againHtml(block.commands);
      return;
    case 'list':
      yield '<ul>\n';
      for (const { text, again } of block.items)
        yield `<li>${htmlText(text)}${again === undefined ? '' : ` <span class="again">${code(again)}</span>`}</li>\n`;
      yield '</ul>\n';
      return;
    case 'terms':
      yield '<dl>\n';
      for (const [name, value] of block.terms)
        yield `<dt>${htmlText(name)}</dt><dd>${cellHtml(value, undefined)}</dd>\n`;
      yield '</dl>\n';
      return;
    case 'table':
      yield* tableHtml(block);
  }
};

const blocksHtml = function* (blocks: Iterable<Block>): Generator<string> {
  let inFigures = false;
  for (const block of blocks) {
    if ((block.block === 'figure') !== inFigures) {
      inFigures = !inFigures;
      yield inFigures ? '<div class="figures">\n' : '</div>\n';
    }
    if (block.block === 'figure') yield figureHtml(block);
    else yield* blockHtml(block);
  }
  if (inFigures) yield '</div>\n';
};

const chapterHtml = function* ({ id, title, blocks }: Chapter, at: number): Generator<string> {
  yield `<section class="chapter" id="${htmlText(id)}">\n<h2>${at + 1}. ${htmlText(title)}</h2>\n`;
  yield* blocksHtml(blocks());
  yield '</section>\n';
};

const contentsHtml = (chapters: readonly Chapter[]): string =>
  `<nav aria-label="Chapters"><ol>\n${chapters
    .map(({ id, title }) => `<li><a href="#${htmlText(id)}">${htmlText(title)}</a></li>\n`)
    .join('')}</ol></nav>\n`;

const stampHtml = ({ stamp }: Report): string =>
  `<dl class="stamp">\n${stamp
    .map(([name, value]) => `<dt>${htmlText(name)}</dt><dd>${cellHtml(value, undefined)}</dd>\n`)
    .join('')}</dl>\n`;

const htmlReport = function* (exported: ExportedCase): Generator<string> {
  yield OPENING;
  yield `<meta http-equiv="Content-Security-Policy" content="${htmlText(POLICY)}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield `<title>${htmlText(`${REPORT_TITLE} ${exported.title}`)}</title>\n<style>${HTML_STYLE}</style>\n</head>\n<body>\n`;
  const report = reportOf(exported);
  yield `<div class="first">\n<h1>${htmlText(report.title)}</h1>\n${stampHtml(report)}`;
  for (const [at, chapter] of report.chapters.entries()) {
    yield* chapterHtml(chapter, at);
    if (at === 0) yield `${contentsHtml(report.chapters)}</div>\n`;
  }
  const head = exported.decisions.at(-1)?.hash;
  const check =
    head === undefined
      ? ''
      : ` Whether the case still says the same: ${code(`mia verify --head ${head}`)}`;
  yield `<footer>Made by mia ${htmlText(exported.toolVersion)}, ${htmlText(exported.generatedAt)}.${check}</footer>\n</body>\n</html>\n`;
};

/** One file that opens offline, prints, and needs no script. */
export const htmlExport = {
  name: 'html',
  label: 'HTML',
  description: 'A report to hand over and to print, one HTML file',
  prompt: 'Write the report to',
  path: 'report.html',
  parts: [{ name: 'report', fileName: 'report.html', opening: OPENING, text: htmlReport }],
} as const satisfies ExportFormat;
