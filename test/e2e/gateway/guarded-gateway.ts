import { SessionReader } from '../../../src/inbound/authentication/session-reader.ts';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import type { TestAppOptions } from '../../support/create-app.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { ADA, ADAS_SESSION, callerOf, GRACE, KnownSessions, KnownTokens } from '../authentication/known-callers.ts';

export { ADA, ADAS_SESSION, GRACE };

/** What Ada's browser sends along, whoever asks. */
export const COOKIE = `__Host-session=${ADAS_SESSION}`;

/** A gateway that knows Ada (`ci:read`, `ci:write`) and Grace (`ci:read`) by their tokens, and Ada by her session. */
export const createGuardedGateway = (
  routes: readonly object[],
  { override, ...rest }: TestAppOptions = {},
): Promise<GatewayApp> => {
  const ada = callerOf('ada', ['ci:read', 'ci:write']);
  const tokens = new KnownTokens({ [ADA]: ada, [GRACE]: callerOf('grace', ['ci:read']) });
  const sessions = new KnownSessions({ [ADAS_SESSION]: ada });
  return createGateway(routes, {
    ...rest,
    override: (builder) => {
      builder.overrideProvider(TokenVerifier).useValue(tokens).overrideProvider(SessionReader).useValue(sessions);
      return override?.(builder) ?? builder;
    },
  });
};
