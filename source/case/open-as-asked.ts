import { type AnyCase, openAnyCase } from '../store/open-any-case.ts';
import type { OpenOptions } from './case.ts';

/** Opens the case that the options name, as they say. */
export const openAsAsked = (options: OpenOptions): AnyCase =>
  openAnyCase(options.folder, {
    create: options.mustExist !== true,
    amongOthers: options.newCase === true,
    alongside: options.alongside === true,
    readOnly: options.readOnly ?? null,
    at: options.now(),
  });
