/** What a promise is rejected with; fails when it is not. Attach it before time is moved on. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('Expected a rejection, but the promise was fulfilled');
    },
    (reason: unknown) => reason,
  );
