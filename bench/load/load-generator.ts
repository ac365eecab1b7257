export interface LoadResult {
  requestsPerSecond: number;
  /** Answers received, of whatever status. */
  answers: number;
  non2xx: number;
  /** Connections refused, reset or timed out. */
  socketErrors: number;
}

/** Asks for `url` over and over on every one of `connections`. */
export interface LoadGenerator {
  name: string;
  run: (url: string, connections: number, seconds: number) => Promise<LoadResult>;
}
