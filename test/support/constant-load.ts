/** Callers that ask over and over, each anew as soon as it was answered. */
export interface ConstantLoad {
  /** Answered with 200, in all. */
  readonly answered: number;
  /** What else became of requests, such as `502 {…}`; at most 20. */
  readonly failures: readonly string[];
  /** Resolves when nothing is under way any more. Calling it again does nothing. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  /** Asks for `url` so many times at once. Default: 32. */
  readonly callers?: number;
  /** What is sent, given how many were before. Default: a GET. */
  readonly init?: (nth: number) => RequestInit;
}

const MAX_FAILURES = 20;

const describe = async (response: Response): Promise<string | undefined> => {
  const text = await response.text();
  return response.status === 200 ? undefined : `${response.status} ${text}`;
};

const toText = (error: unknown): string => {
  const { message, cause } = error as Error;
  return `${message}: ${String(cause)}`;
};

/** Loads `url` until it is stopped. */
export const startLoad = (url: string, { callers = 32, init = () => ({}) }: LoadOptions = {}): ConstantLoad => {
  const failures: string[] = [];
  let [begun, answered, isStopped] = [0, 0, false];
  const once = async (): Promise<void> => {
    begun += 1;
    const failure = await fetch(url, init(begun)).then(describe).catch(toText);
    if (failure === undefined) answered += 1;
    else if (failures.length < MAX_FAILURES) failures.push(failure);
  };
  const caller = async (): Promise<void> => {
    while (!isStopped) await once();
  };
  const all = Array.from({ length: callers }, caller);
  return {
    get answered() {
      return answered;
    },
    failures,
    stop: async () => {
      isStopped = true;
      await Promise.all(all);
    },
  };
};
