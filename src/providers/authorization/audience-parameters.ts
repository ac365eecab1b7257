import type { AuthorizationOptions } from './authorization-options.ts';

/** How requests say for whom a token is to be. */
export type AudienceParameter = AuthorizationOptions['audienceParameter'];

/** What a request bears for a token that is for `audience`. */
export const audienceParameters = (
  audience: string | undefined,
  parameter: AudienceParameter,
): Readonly<Record<string, string>> =>
  audience === undefined || parameter === 'none' ? {} : { [parameter]: audience };

/** For our own API, whose audience need not be fit for a resource: an absolute URI without a fragment (RFC 8707 §2). */
export const ownAudienceParameters = ({
  audience,
  audienceParameter,
}: Pick<AuthorizationOptions, 'audience' | 'audienceParameter'>): Readonly<Record<string, string>> =>
  audienceParameter === 'resource' && !isResource(audience) ? {} : audienceParameters(audience, audienceParameter);

const isResource = (audience: string | undefined): boolean =>
  audience !== undefined && URL.canParse(audience) && !audience.includes('#');
