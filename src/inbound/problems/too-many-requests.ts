/** The caller has made all the requests that the current window allows. */
export class TooManyRequests extends Error {
  constructor(
    /** Until the window ends. */
    readonly retryAfterMs: number,
  ) {
    super('More requests than the rate limit allows');
    this.name = 'TooManyRequests';
  }
}
