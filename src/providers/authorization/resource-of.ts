/** An audience as a resource indicator: that has to be an absolute URI without a fragment (RFC 8707 §2). */
export const resourceOf = (audience: string | undefined): string | undefined =>
  audience !== undefined && URL.canParse(audience) && !audience.includes('#') ? audience : undefined;

/** As parameters of a request: none when the audience is no such URI. */
export const resourceParameters = (audience: string | undefined): Record<string, string> => {
  const resource = resourceOf(audience);
  return resource === undefined ? {} : { resource };
};
