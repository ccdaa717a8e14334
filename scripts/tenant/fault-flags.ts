import { FAULT_NAMES, FAULTS } from '../../test/simulator/fault-list.ts';
import type { FaultName } from '../../test/simulator/fault-list.ts';
import type { FaultOptions } from '../../test/simulator/faults.ts';

/** `name`, `name:3` (three times) or `name:20%` (each time with that probability). */
export const readFault = (text: string): readonly [FaultName, FaultOptions] => {
  const [name, amount = '1'] = text.split(':');
  const known = FAULT_NAMES.find((one) => one === name);
  if (!known) throw new Error(`There is no fault "${name}"; --list-faults shows all.`);
  const share = /^(\d+)%$/u.exec(amount)?.[1];
  if (share !== undefined)
    return [known, { probability: Number(share) / 100, times: Number.POSITIVE_INFINITY }];
  if (!/^\d+$/u.test(amount)) throw new Error(`--fault ${text}: give a number or a percentage.`);
  return [known, { times: Number(amount) }];
};

export const faultLines = (): readonly string[] =>
  FAULT_NAMES.map((name) => `${name.padEnd(26)}${FAULTS[name].says}`);
