import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { Verdict } from '../domain/sessions/session.ts';
import { changeCaseFile } from '../store/case-file.ts';
import { openCaseFolder } from '../store/case-folder.ts';
import { importPaths } from '../import/import-paths.ts';
import { openCase } from './case.ts';

/** `demo.json`, which `scripts/make-demo.ts` writes beside the demo's files. */
interface DemoManifest {
  readonly schema: 'mia.demo/1';
  readonly title: string;
  readonly analyst: string;
  readonly files: readonly string[];
  readonly window: { readonly from: string; readonly to: string; readonly reason: string };
  readonly marks: readonly {
    readonly verdict: Verdict;
    readonly sessionId: string;
    readonly reason: string;
  }[];
}

export interface DemoOptions {
  /** Where the built demo files lie. */
  readonly demoFolder: string;
  readonly now: () => string;
  readonly signal: AbortSignal;
}

export interface DemoCase {
  /** The case, in a temporary folder. */
  readonly folder: string;
  /** Whose decisions are in it. */
  readonly analyst: string;
  /** Takes the temporary folder away with all that was done in it. */
  readonly remove: () => void;
}

const readManifest = (demoFolder: string): DemoManifest => {
  try {
    return JSON.parse(readFileSync(join(demoFolder, 'demo.json'), 'utf8')) as DemoManifest;
  } catch (error) {
    throw new Problem(
      'The files of the demo are not there.',
      'They are made by the build: npm run build. An installed mia has them; install it again.',
      { cause: error },
    );
  }
};

const importFiles = async (
  folder: string,
  { files, analyst }: DemoManifest,
  { demoFolder, signal }: DemoOptions,
): Promise<void> => {
  const paths = files.map((file) => join(demoFolder, file));
  for await (const event of importPaths({ folder, paths, keep: true, analyst, signal })) {
    if (event.event === 'cancelled') signal.throwIfAborted();
    if (event.event === 'refused' || event.event === 'failed')
      throw new Problem(event.problem, 'The demo files are damaged: build or install mia again.');
  }
};

const decide = (folder: string, manifest: DemoManifest, now: () => string): void => {
  const { window, marks, analyst } = manifest;
  const demo = openCase({ folder, analyst, now, mustExist: true });
  try {
    demo.judging.setWindow(null, window.from, window.to, window.reason);
    for (const { verdict, sessionId, reason } of marks) {
      const { sessions, contexts } = demo.resolveKeys([sessionId]);
      demo.judging.mark({ verdict, sessions, contexts, reason });
    }
  } finally {
    demo.close();
  }
};

/**
 * The built-in case in a temporary folder of its own: its files imported, and what its analyst has
 * already decided. The caller removes it at the end.
 */
export const makeDemoCase = async (options: DemoOptions): Promise<DemoCase> => {
  const manifest = readManifest(options.demoFolder);
  const temporary = mkdtempSync(join(tmpdir(), 'mia-demo-'));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  try {
    const folder = join(temporary, 'demo');
    const { title, analyst } = manifest;
    changeCaseFile(openCaseFolder(folder, { create: true }), (before) => ({
      ...before,
      title,
      analyst,
    }));
    await importFiles(folder, manifest, options);
    decide(folder, manifest, options.now);
    return { folder, analyst, remove };
  } catch (error) {
    remove();
    throw error;
  }
};
