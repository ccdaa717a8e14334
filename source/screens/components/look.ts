import { createContext } from 'react';
import type { Paint } from '../theme.ts';

/** How spans become text: the colours in use, and whether the locale can show more than ASCII. */
export interface ScreenLook {
  readonly paint: Paint;
  readonly unicode: boolean;
}

export const LookContext = createContext<ScreenLook>({ paint: (text) => text, unicode: true });
