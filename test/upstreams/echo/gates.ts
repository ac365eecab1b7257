/** What holds back handlers until the test lets them go on. */
export interface Gates {
  /** Resolves at the next `release`. */
  held(): Promise<void>;
  release(): void;
  /** Resolves as soon as there are bytes to be read. */
  allowed(): Promise<void>;
  /** Takes so many off what may be read. */
  spend(bytes: number): void;
  allow(bytes: number): void;
}

export function createGates(): Gates {
  let released = Promise.withResolvers<void>();
  let grown = Promise.withResolvers<void>();
  let left = 0;
  return {
    held: () => released.promise,
    release: () => {
      released.resolve();
      released = Promise.withResolvers();
    },
    allowed: async () => {
      while (left <= 0) await grown.promise;
    },
    spend: (bytes) => void (left -= bytes),
    allow: (bytes) => {
      left += bytes;
      grown.resolve();
      grown = Promise.withResolvers();
    },
  };
}
