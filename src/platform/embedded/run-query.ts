import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { PgQueryResult } from 'bullmq';

/** Without parameters it may be several statements, as with `pg`: the answer is the last one's. */
export const runQuery = async <R>(
  session: PGlite | Transaction,
  text: string,
  params?: readonly unknown[],
): Promise<PgQueryResult<R>> => {
  const answers = params ? [await session.query(text, [...params])] : await session.exec(text);
  const last = answers.at(-1);
  return { rows: (last?.rows ?? []) as R[], rowCount: last?.rowCount ?? last?.affectedRows ?? null };
};
