import { forTerminal } from '../../../domain/terminal-text.ts';

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The one function that all text passes on its way into HTML, between tags and in quoted attributes
 * alike. What is invisible, reorders text or acts on a screen comes out as a visible escape, on one
 * line (`forTerminal`); then markup is written as entities.
 */
export const htmlText = (text: string): string =>
  forTerminal(text).replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
