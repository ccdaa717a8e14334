import { apps } from './apps.ts';
import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { contain } from './contain.ts';
import { demo } from './demo.ts';
import { diff } from './diff.ts';
import { engine } from './engine.ts';
import { exportCommand } from './export.ts';
import { fetchCommand } from './fetch.ts';
import { importCommand } from './import.ts';
import { indicators } from './indicators.ts';
import { mark } from './mark.ts';
import { messages } from './messages.ts';
import { rebuild } from './rebuild.ts';
import { rebut } from './rebut.ts';
import { saveMessagesCommand } from './save-messages.ts';
import { sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { sources } from './sources.ts';
import { stamp } from './stamp.ts';
import { summary } from './summary.ts';
import { trace } from './trace.ts';
import { verify } from './verify.ts';
import { whatif } from './whatif.ts';
import { who } from './who.ts';
import { window } from './window.ts';
import { withdraw } from './withdraw.ts';

/** Every command, in the order in which a case is worked: help lists them so. */
export const COMMANDS: readonly Command[] = [
  demo,
  signIn,
  signOut,
  fetchCommand,
  engine,
  importCommand,
  sources,
  withdraw,
  sessions,
  messages,
  compare,
  apps,
  indicators,
  who,
  trace,
  saveMessagesCommand,
  whatif,
  mark,
  window,
  rebut,
  contain,
  summary,
  exportCommand,
  diff,
  stamp,
  verify,
  rebuild,
];

export const commandNamed = (name: string): Command | undefined =>
  COMMANDS.find((command) => command.name === name);
