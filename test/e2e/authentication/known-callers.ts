import { SessionReader } from '../../../src/inbound/authentication/session-reader.ts';
import { TokenVerifier, type TokenVerdict } from '../../../src/inbound/authentication/token-verifier.ts';
import type { Caller } from '../../../src/platform/context/caller.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { createApp, type TestApp, type TestAppOptions } from '../../support/create-app.ts';

export const ISSUER = 'https://login.example.com';

export const callerOf = (subject: string, scopes: readonly string[] = []): Caller => ({
  issuer: ISSUER,
  subject,
  clientId: 'web',
  audience: ['breakwater'],
  scopes,
  expiresAt: Date.UTC(2030, 0, 1),
  token: new Secret(`the-token-of-${subject}`),
});

/** Knows by heart whose tokens are whose; what else it is asked, `answer` decides. */
export class KnownTokens extends TokenVerifier {
  isConfigured = true;
  readonly asked: string[] = [];
  answer: (token: string) => Promise<TokenVerdict> = () => Promise.resolve({ refusal: 'unknown' });

  constructor(private readonly callers: Readonly<Record<string, Caller>>) {
    super();
  }

  override async verify(token: string): Promise<TokenVerdict> {
    this.asked.push(token);
    const caller = this.callers[token];
    return caller ? { caller } : this.answer(token);
  }
}

export class KnownSessions extends SessionReader {
  readonly asked: string[] = [];
  failure: Error | undefined;

  constructor(private readonly callers: Readonly<Record<string, Caller>>) {
    super();
  }

  override async read(sessionId: string): Promise<Caller | undefined> {
    this.asked.push(sessionId);
    if (this.failure !== undefined) throw this.failure;
    return this.callers[sessionId];
  }
}

/** An application that knows Ada, Grace and the service by their tokens, and Ada by her session `adas-session`. */
export interface GuardedApp extends TestApp {
  readonly tokens: KnownTokens;
  readonly sessions: KnownSessions;
}

export const ADA = 'token-of-ada';
export const GRACE = 'token-of-grace';
export const ADAS_SESSION = 'adas-session';

export const createGuardedApp = async ({ override, ...rest }: TestAppOptions): Promise<GuardedApp> => {
  const ada = callerOf('ada', ['ci:read', 'ci:write']);
  const tokens = new KnownTokens({ [ADA]: ada, [GRACE]: callerOf('grace', ['ci:read']) });
  const sessions = new KnownSessions({ [ADAS_SESSION]: ada });
  const app = await createApp({
    ...rest,
    override: (builder) => {
      builder.overrideProvider(TokenVerifier).useValue(tokens).overrideProvider(SessionReader).useValue(sessions);
      return override?.(builder) ?? builder;
    },
  });
  return { ...app, tokens, sessions };
};
