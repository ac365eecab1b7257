/** The caller has made all the requests that it may make for now. */
export class TooManyRequests extends Error {
  constructor(
    /** Until it is worth trying again. */
    readonly retryAfterMs: number,
    /** For people: which limit it is. Default: that of requests. */
    readonly detail?: string,
  ) {
    super(detail ?? 'More requests than the rate limit allows');
    this.name = 'TooManyRequests';
  }
}
