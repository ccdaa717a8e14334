import { counted } from '../../domain/count-words.ts';
import type { Gap } from '../../domain/exposure/exposure.ts';
import { Problem } from '../../domain/problem.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { DecisionOutcome } from '../case-service.ts';
import { decide, type Judge, NOTHING_TOUCHED } from './judging.ts';

/** Says with a reason that nothing was lost in a gap; or takes that back. */
export const rebutGap = (
  open: CaseStore,
  judge: Judge,
  gap: Pick<Gap, 'from' | 'to' | 'kind' | 'rebutted'> & { readonly mailbox: string },
  reason: string,
): DecisionOutcome => {
  if (reason.trim() === '') {
    throw new Problem(
      'A gap is only rebutted with a reason.',
      'Say why no mail access was lost in it.',
    );
  }
  open.refresh();
  const { mailbox, from, to, kind, rebutted } = gap;
  return decide(
    open,
    judge,
    { act: 'rebut', mailbox, from, to, kind, rebutted },
    reason,
    NOTHING_TOUCHED,
  );
};

/** Says with a reason that a mailbox was synchronised and yet not copied whole; or takes that back. */
export const rebutSync = (
  open: CaseStore,
  judge: Judge,
  { mailbox, rebutted }: { readonly mailbox: string; readonly rebutted: boolean },
  reason: string,
): DecisionOutcome => {
  if (reason.trim() === '')
    throw new Problem(
      'A presumption is only rebutted with a reason.',
      'Say why the mailbox was not copied whole.',
    );
  open.refresh();
  const number = open.db
    .prepare('SELECT mailbox FROM mailboxes WHERE coalesce(guid, ident) = ?')
    .get(mailbox)?.['mailbox'];
  const sync = number === undefined ? null : open.presumed().sync(Number(number));
  if (rebutted && sync !== null && sync.unnamed > 0)
    throw new Problem(
      `${counted(sync.unnamed, 'record')} of a malicious Sync of this mailbox ${sync.unnamed === 1 ? 'names' : 'name'} no folder. Nothing was changed.`,
      'Any folder may have been synchronised, so none can be left out. Import a fuller copy of the log.',
    );
  return decide(
    open,
    judge,
    {
      act: 'rebutSync',
      mailbox,
      syncs: sync?.records ?? 0,
      contexts: sync?.contexts ?? [],
      rebutted,
    },
    reason,
    NOTHING_TOUCHED,
  );
};
