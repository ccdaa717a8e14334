/** A child process that adds sources to a case, one change each. */
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { changeCaseFile } from '../../source/store/case-file.ts';
import { sourceNamed } from './source-named.ts';

const [path, prefix, count] = process.argv.slice(2);
const folder = openCaseFolder(path ?? '', { create: true });
for (let turn = 0; turn < Number(count); turn++) {
  changeCaseFile(folder, (before) => ({
    ...before,
    sources: [...before.sources, sourceNamed(`${prefix}${turn}`)],
  }));
}
