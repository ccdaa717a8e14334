/** `npm start`: sets up what is missing, then opens the console on the demo case. */
import { join } from 'node:path';
import { ROOT, run, withSetUp } from './set-up/set-up.mjs';

await withSetUp((node) =>
  run(node, [join(ROOT, 'dist', 'mia.js'), 'demo', ...process.argv.slice(2)]),
);
