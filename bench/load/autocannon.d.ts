/** The part of autocannon that is used here; the package brings no types of its own. */
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
  }

  interface Result {
    /** Seconds. */
    duration: number;
    requests: { total: number };
    non2xx: number;
    /** Connection errors, timeouts included. */
    errors: number;
  }

  function autocannon(options: Options): Promise<Result>;
  export = autocannon;
}
