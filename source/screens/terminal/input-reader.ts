import { StringDecoder } from 'node:string_decoder';
import type { Input } from '../../console/keys/key-press.ts';
import type { After } from './frame-pacer.ts';
import { nextKeySequence } from './key-sequence.ts';

/** After this a lone Esc is the Esc key; a sequence from a terminal nearby is whole within a few ms. */
const escapeDelay = 50;
/** A longer sequence that stays unfinished is given up: no key is made of its pieces. */
const sequenceDelay = 500;
/** On a slow line the rest of a sequence can come after its Esc was taken for the key. */
const strayDelay = 100;

const escape = '\u001B';
const pasteEnd = '\u001B[201~';
const strayTail = /^(?:\[[\d;]*[A-Za-z~]|O[A-DFHP-S])/;
const strayTailBegun = /^(?:\[[\d;]*|O)$/;

export interface InputReader {
  /** Takes bytes as they come from the terminal, cut anywhere. */
  push(bytes: Uint8Array): void;
  /** Forgets what is half read. */
  reset(): void;
}

/**
 * Turns the bytes of a terminal into keys and pastes. Reads by itself rather than through ink's
 * useInput, which hands `jjj` over as one event and the tail of a late sequence as typed text.
 */
export function createInputReader(after: After, emit: (input: Input) => void): InputReader {
  let decoder = new StringDecoder('utf8');
  let text = '';
  let paste: string | undefined;
  let escapeWasLone = false;
  let stopWaiting: (() => void) | undefined;

  const waitForMore = (milliseconds: number, giveUp: () => void): void => {
    stopWaiting = after(milliseconds, () => {
      stopWaiting = undefined;
      giveUp();
    });
  };

  const readPaste = (begun: string): boolean => {
    const end = text.indexOf(pasteEnd);
    if (end === -1) {
      const kept = lengthOfBegunEnd(text);
      paste = begun + text.slice(0, text.length - kept);
      text = text.slice(text.length - kept);
      return false;
    }
    const pasted = begun + text.slice(0, end);
    text = text.slice(end + pasteEnd.length);
    paste = undefined;
    emit({ paste: cleanPaste(pasted) });
    return true;
  };

  /** True when what follows a lone Esc turned out to be its tail, or may yet. */
  const readStrayTail = (): boolean => {
    const tail = strayTail.exec(text)?.[0];
    if (tail !== undefined) {
      text = text.slice(tail.length);
      escapeWasLone = false;
      if (tail === '[200~') paste = '';
      return true;
    }
    if (strayTailBegun.test(text)) {
      waitForMore(strayDelay, () => {
        escapeWasLone = false;
        readAll();
      });
      return false;
    }
    escapeWasLone = false;
    return true;
  };

  const readKey = (): boolean => {
    const sequence = nextKeySequence(text);
    if (sequence.kind === 'incomplete') {
      waitForMore(isOnlyEscapes(text) ? escapeDelay : sequenceDelay, giveUpSequence);
      return false;
    }
    text = text.slice(sequence.length);
    if (sequence.kind === 'pasteBegins') paste = '';
    if (sequence.kind === 'key') emit({ key: sequence.key });
    return true;
  };

  const giveUpSequence = (): void => {
    const unfinished = text;
    text = '';
    if (isOnlyEscapes(unfinished)) {
      escapeWasLone = true;
      for (const _ of unfinished) emit({ key: 'escape' });
    } else if (unfinished.length === 2) {
      emit({ key: `alt-${unfinished[1]}` });
    }
  };

  const readAll = (): void => {
    let goOn = true;
    while (goOn && text !== '') {
      if (paste !== undefined) goOn = readPaste(paste);
      else if (escapeWasLone) goOn = readStrayTail();
      else goOn = readKey();
    }
  };

  return {
    push(bytes) {
      stopWaiting?.();
      stopWaiting = undefined;
      text += decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      readAll();
    },
    reset() {
      stopWaiting?.();
      stopWaiting = undefined;
      decoder = new StringDecoder('utf8');
      text = '';
      paste = undefined;
      escapeWasLone = false;
    },
  };
}

function isOnlyEscapes(text: string): boolean {
  return text === escape || text === escape + escape;
}

/** How much of the end of `text` may be the beginning of the sequence that ends a paste. */
function lengthOfBegunEnd(text: string): number {
  for (let length = Math.min(pasteEnd.length - 1, text.length); length > 0; length -= 1) {
    if (pasteEnd.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** Pasted text is as hostile as any: it keeps line ends and tabs, nothing else that controls. */
function cleanPaste(pasted: string): string {
  return pasted.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\n\t])\p{Control}/gu, '');
}
