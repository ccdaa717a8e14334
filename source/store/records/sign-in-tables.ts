/** The tables of records.db that hold the sign-in log; part of `SCHEMA`. */
export const SIGN_IN_TABLES = `
-- Every row of a sign-in log; text: the SignIn as JSON without what it does not state. outcome: FATE.
CREATE TABLE sign_in_rows (
  sign_in_row INTEGER PRIMARY KEY, id TEXT NOT NULL, outcome INTEGER NOT NULL, source INTEGER NOT NULL,
  line INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX sign_in_rows_by_id ON sign_in_rows (id);
CREATE INDEX sign_in_rows_by_source ON sign_in_rows (source, outcome);

-- One entry an id (domain/sign-in-fold.ts), made from sign_in_rows. token: as records carry it.
CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY, time INTEGER NOT NULL, session_id TEXT, token TEXT, address TEXT,
  user TEXT, user_id TEXT, app_id TEXT, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_ins_by_session ON sign_ins (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX sign_ins_by_token ON sign_ins (token) WHERE token IS NOT NULL;
CREATE INDEX sign_ins_by_address ON sign_ins (address, time) WHERE address IS NOT NULL;

-- UniqueTokenIds that records of a context carry.
CREATE TABLE tokens (
  context INTEGER NOT NULL, token TEXT NOT NULL, PRIMARY KEY (context, token)
) WITHOUT ROWID;
`;
