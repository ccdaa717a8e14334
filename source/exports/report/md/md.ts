import type { ExportedCase, ExportFormat } from '../../exported-case.ts';
import type { Block, Cell, Chapter, Column, Table } from '../report.ts';
import { REPORT_TITLE, reportOf } from '../report-of.ts';
import { markdownCode, markdownCodeInCell, markdownText } from './markdown-text.ts';

const OPENING = `# ${markdownText(REPORT_TITLE)}\n\nA report of mia.\n`;

const cellMarkdown = (cell: Cell, as?: Column['as']): string => {
  if (cell === null) return '–';
  if (typeof cell === 'number') return cell.toLocaleString('en');
  const lines = typeof cell === 'string' ? [cell] : cell;
  return lines.map(as === 'code' ? markdownCodeInCell : markdownText).join('; ');
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const tableMarkdown = function* ({ title, columns, rows, cut, empty }: Table): Generator<string> {
  yield `\n### ${markdownText(title)}\n\n`;
  if (rows.length === 0) {
    yield `${markdownText(empty)}\n`;
    return;
  }
  if (cut !== null)
    yield `The first ${rows.length.toLocaleString('en')} of ${cut.of.toLocaleString('en')} rows. All of them: ${markdownCode(cut.all)}\n\n`;
  yield row(columns.map(({ name }) => markdownText(name)));
  yield row(columns.map(({ as }) => (as === 'number' ? '--:' : '---')));
  for (const cells of rows)
    yield row(columns.map(({ as }, at) => cellMarkdown(cells[at] ?? null, as)));
};

const againMarkdown = (commands: readonly string[]): string =>
  `The same again: ${commands.map(markdownCode).join(' · ')}\n`;

const blockMarkdown = function* (block: Block): Generator<string> {
  switch (block.block) {
    case 'heading':
      yield `\n### ${markdownText(block.text)}\n`;
      return;
    case 'paragraph': {
      const text = markdownText(block.text);
      yield block.tone === undefined ? `\n${text}\n` : `\n**${text}**\n`;
      return;
    }
    case 'again':
      yield `\n${againMarkdown(block.commands)}`;
      return;
    case 'list':
      yield '\n';
      for (const { text, again } of block.items)
        yield `- ${markdownText(text)}${again === undefined ? '' : ` ${markdownCode(again)}`}\n`;
      return;
    case 'terms':
      yield '\n';
      for (const [name, value] of block.terms)
        yield `- **${markdownText(name)}**: ${cellMarkdown(value)}\n`;
      return;
    case 'figure':
      yield `\n**${block.strength}. ${markdownText(block.name)}: ${markdownText(block.value)}**\n`;
      yield `\n${markdownText(block.meaning)}\n\n${againMarkdown(block.again)}`;
      return;
    case 'table':
      yield* tableMarkdown(block);
  }
};

const chapterMarkdown = function* ({ title, blocks }: Chapter, at: number): Generator<string> {
  yield `\n## ${at + 1}. ${markdownText(title)}\n`;
  for (const block of blocks()) yield* blockMarkdown(block);
};

const markdownReport = function* (exported: ExportedCase): Generator<string> {
  yield `${OPENING}\n`;
  const report = reportOf(exported);
  for (const [name, value] of report.stamp)
    yield `- **${markdownText(name)}**: ${cellMarkdown(value)}\n`;
  for (const [at, chapter] of report.chapters.entries()) yield* chapterMarkdown(chapter, at);
};

/** The report for a wiki or a ticket. */
export const markdownExport = {
  name: 'md',
  label: 'Markdown',
  description: 'The same report as Markdown, for a ticket or a wiki',
  prompt: 'Write the report to',
  path: 'report.md',
  parts: [{ name: 'report', fileName: 'report.md', opening: OPENING, text: markdownReport }],
} as const satisfies ExportFormat;
