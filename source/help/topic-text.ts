import { TOPICS } from './topics.ts';

export const TOPIC_NAMES: readonly string[] = Object.keys(TOPICS);

/** The first line of a topic, without its mark. */
export const topicTitle = (name: string): string =>
  (TOPICS[name] ?? '').split('\n', 1)[0]?.replace(/^#+ /, '') ?? '';

/** Markdown's marks in a line of text: emphasis and links. A code span stands as it is typed. */
const plain = (text: string): string =>
  text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(^|[\s(])_([^_]+)_(?=[\s).,;:]|$)/g, '$1$2')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/`([^`]+)`/g, '$1');

const wrapped = (
  text: string,
  width: number,
  indent: string,
  first = indent,
): readonly string[] => {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const isBare = line.trim() === '' || line === first;
    if (!isBare && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += isBare ? word : ` ${word}`;
  }
  return [...lines, line];
};

const cellsOf = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => plain(cell.trim()));

/** A table row by row: its first cell, and the others under it by the name of their column. */
const tableLines = (rows: readonly string[], width: number): readonly string[] => {
  const [head = '', , ...body] = rows;
  const names = cellsOf(head);
  return body.flatMap((row) => {
    const [first = '', ...others] = cellsOf(row);
    const rest = others.flatMap((cell, at) => {
      const name = names[at + 1] ?? '';
      return cell === ''
        ? []
        : wrapped(`${name === '' ? '' : `${name}: `}${cell}`, width, '      ');
    });
    return [...wrapped(first, width, '    ', '  '), ...rest];
  });
};

const blockLines = (block: string, width: number): readonly string[] => {
  const lines = block.split('\n');
  const [first = ''] = lines;
  if (first.startsWith('```')) return lines.slice(1, -1).map((line) => `  ${line}`);
  if (first.startsWith('#')) return wrapped(plain(first.replace(/^#+ /, '')), width, '');
  if (first.startsWith('|')) return tableLines(lines, width);
  if (!/^(-|\d+\.) /.test(first)) return wrapped(plain(lines.join(' ')), width, '');
  const items: string[] = [];
  for (const line of lines)
    if (/^(-|\d+\.) /.test(line)) items.push(line);
    else items[items.length - 1] = `${items.at(-1) ?? ''} ${line.trim()}`;
  return items.flatMap((item) => {
    const [, mark = '-', text = ''] = /^(-|\d+\.) (.*)$/s.exec(item) ?? [];
    const lead = `${mark} `;
    return wrapped(plain(text), width, ' '.repeat(lead.length), lead);
  });
};

/** A topic in lines of at most `width` columns, for a terminal; null: there is no such topic. */
export const topicText = (name: string, width: number): readonly string[] | null => {
  const text = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined;
  if (text === undefined) return null;
  const blocks = text.trim().split(/\n{2,}/);
  return blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...blockLines(block, width)]);
};
