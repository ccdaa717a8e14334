import type { LookupProgress, LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { TaskEvent } from '../task/task-events.ts';

export type {
  LookupProgress,
  LookupStatement,
  LookupStep,
} from '../../domain/lookups/lookup-progress.ts';

export type LookupEvent = TaskEvent<LookupProgress, { readonly statement: LookupStatement }>;
