import type { DatabaseSync } from 'node:sqlite';
import { contradicts, foldSignIns } from '../../domain/sessions/sign-in-fold.ts';
import { type SignIn, tokenOfRequest } from '../../domain/sessions/sign-in.ts';
import { prepareAll } from '../prepared.ts';
import { FoldedRows } from './folded-rows.ts';
import { toMs } from './record-time.ts';
import { signInOfText, signInText } from './sign-in-text.ts';

const sql = {
  drop: 'DELETE FROM sign_ins WHERE id = ?',
  put: `INSERT OR REPLACE INTO sign_ins (id, time, session_id, token, address, user, user_id, app_id, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
} as const;

/** Rows of sign-in logs, by request id; `take` gets `signInText`. */
export const signInIngest = (db: DatabaseSync): FoldedRows<SignIn> => {
  const statements = prepareAll(db, sql);
  return new FoldedRows<SignIn>(db, {
    table: 'sign_in_rows',
    ofText: signInOfText,
    fold: foldSignIns,
    contradicts,
    drop: (id) => {
      statements.drop.run(id);
    },
    put: (signIn) => {
      statements.put.run(
        signIn.id,
        toMs(signIn.time),
        signIn.sessionId,
        signIn.tokenId ?? tokenOfRequest(signIn.id),
        signIn.address,
        signIn.user,
        signIn.userId,
        signIn.appId,
        signInText(signIn),
      );
    },
  });
};
