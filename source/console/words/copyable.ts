const CONTROLS = /[^\P{Cc}\n\r\t]/gu;

/**
 * A raw record as it goes to the clipboard: byte for byte but for control characters other than line
 * ends and tabs, which could act on the terminal it is pasted into (`contract.md`, `y`). JSON and CSV
 * of Microsoft 365 hold none.
 */
export const copyable = (text: string): string =>
  text.replace(CONTROLS, (control) => {
    const code = control.codePointAt(0) ?? 0;
    return `\\x${code.toString(16).padStart(2, '0')}`;
  });
