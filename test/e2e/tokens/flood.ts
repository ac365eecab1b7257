/** What came of many requests. */
export interface Outcome {
  /** How many answers there were of each status. */
  readonly statuses: Record<number, number>;
  slowestMs: number;
  /** Answers that repeated something of their token. */
  tellTale: number;
}

const none = (): Outcome => ({ statuses: {}, slowestMs: 0, tellTale: 0 });

/** Presents each of these tokens once, `width` requests under way at a time. */
export const flood = async (url: string, tokens: Iterable<string>, width: number): Promise<Outcome> => {
  const left = tokens[Symbol.iterator]();
  const outcome = none();
  const work = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next()) await present(url, next.value, outcome);
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcome;
};

/** Presents tokens one after another while `work` is under way. */
export const useDuring = async (
  work: Promise<unknown>,
  url: string,
  nextToken: () => Promise<string> | string,
): Promise<Outcome> => {
  const outcome = none();
  let isOver = false;
  const end = (): void => void (isOver = true);
  work.then(end, end);
  do await present(url, await nextToken(), outcome);
  while (!isOver);
  return outcome;
};

/** Not `ask`: that keeps every problem as evidence, and these are thousands. */
const present = async (url: string, token: string, outcome: Outcome): Promise<void> => {
  const startedAt = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  outcome.statuses[answer.status] = (outcome.statuses[answer.status] ?? 0) + 1;
  outcome.slowestMs = Math.max(outcome.slowestMs, performance.now() - startedAt);
  if (answer.status !== 200 && token.split('.').some((piece) => text.includes(piece))) outcome.tellTale += 1;
};
