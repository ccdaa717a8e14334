/** Import directions and the repository's own rules; prints what breaks them, exit 1 if anything does. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFindings } from './checks/imports.ts';
import { projectFiles } from './checks/project-file.ts';
import { repositoryFindings } from './checks/repository.ts';

const files = projectFiles(dirname(dirname(fileURLToPath(import.meta.url))));
const findings = [...importFindings(files), ...repositoryFindings(files)];
for (const { path, line, rule, reason, found } of findings) {
  console.log(`${path}:${line}  ${found}\n  ${rule} ${reason}`);
}
if (findings.length > 0) process.exitCode = 1;
