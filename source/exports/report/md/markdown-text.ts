import { forTerminal } from '../../../domain/terminal-text.ts';

/** What Markdown takes for markup anywhere in a line; of it a backslash makes plain text. */
const MARKUP = /[\\`*_[\]<>|~&!$]/g;

/** What GitHub and others turn into a link by themselves. */
const LINK = /(https?|ftp|file|javascript|data|mailto):|\bwww\./gi;

/** What makes a heading, a list, a rule or a quote where it begins a line. */
const BEGINNING = /^(\s*)([#+=-]|\d+(?=[.)]))/;

/**
 * The one function that all text passes on its way into Markdown (CommonMark and GitHub's tables). It
 * comes out on one line, invisible characters as visible escapes (`forTerminal`), and stands for
 * itself: no markup, no table cell, no link, no HTML.
 */
export const markdownText = (text: string): string =>
  forTerminal(text)
    .replace(MARKUP, '\\$&')
    .replace(LINK, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`)
    .replace(BEGINNING, (_, space: string, begin: string) =>
      /^\d/.test(begin)
        ? `${space}&#${begin.charCodeAt(0)};${begin.slice(1)}`
        : `${space}\\${begin}`,
    )
    .trim();

/** A command or a key as code, outside tables. */
export const markdownCode = (text: string): string => {
  const shown = forTerminal(text);
  const ticks = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(ticks + 1);
  const pad = ticks > 0 || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
};

/** The same in a cell of a table, which a bar would end even in code. */
export const markdownCodeInCell = (text: string): string =>
  markdownCode(text).replaceAll('|', '\\|');
