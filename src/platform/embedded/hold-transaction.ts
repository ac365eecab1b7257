import type { PGlite, Transaction } from '@electric-sql/pglite';

export interface HeldTransaction {
  readonly session: Transaction;
  /** @throws what COMMIT fails with */
  finish(isToCommit: boolean): Promise<void>;
}

/** A transaction that lasts until it is finished; everybody else's queries wait meanwhile. */
export const holdTransaction = async (database: PGlite): Promise<HeldTransaction> => {
  const ended = Promise.withResolvers<boolean>();
  const begun = Promise.withResolvers<Transaction>();
  const over = database.transaction(async (session) => {
    begun.resolve(session);
    if (!(await ended.promise)) await session.rollback();
  });
  over.catch(begun.reject);
  const session = await begun.promise;
  return {
    session,
    finish: (isToCommit) => {
      ended.resolve(isToCommit);
      return over;
    },
  };
};
