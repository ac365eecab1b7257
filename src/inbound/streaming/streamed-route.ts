/** What the configuration of a route says when its answer is a stream. */
export interface StreamedRoute {
  /** Whose data it is: named when too many are under way. */
  readonly provider: string;
}

/** What `@Streams` has said of a route; undefined for all others. */
export const streamedRoute = (config: object | undefined): StreamedRoute | undefined =>
  (config as { readonly streams?: StreamedRoute } | undefined)?.streams;
