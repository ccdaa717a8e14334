import { bareContainers } from './bare.ts';
import type { Container } from './container.ts';
import { defenderContainers } from './defender.ts';
import { extractorSuiteContainers } from './extractor-suite.ts';
import { graphContainers } from './graph.ts';
import { parsedContainers } from './parsed.ts';
import { purviewContainers } from './purview.ts';
import { searchUalContainers } from './search-ual.ts';
import { sentinelContainers } from './sentinel.ts';
import { siemContainers } from './siem.ts';

/** Every audit container of `formats.md` 2. */
export const auditContainers: readonly Container[] = [
  ...purviewContainers,
  ...searchUalContainers,
  ...extractorSuiteContainers,
  ...bareContainers,
  ...graphContainers,
  ...sentinelContainers,
  ...defenderContainers,
  ...siemContainers,
  ...parsedContainers,
];

export const auditContainer = (name: string): Container => {
  const found = auditContainers.find((container) => container.name === name);
  if (found) return found;
  const names = auditContainers.map((container) => container.name).join(', ');
  throw new Error(`no container "${name}"; there are: ${names}`);
};
