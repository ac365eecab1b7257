import { Module } from '@nestjs/common';
import type { TestingModuleBuilder } from '@nestjs/testing';
import { SubscriptionsModule } from '../../../src/features/subscriptions/subscriptions.module.ts';
import { SessionReader } from '../../../src/inbound/authentication/session-reader.ts';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import { EventHub } from '../../../src/realtime/event-hub.ts';
import { RealtimeModule } from '../../../src/realtime/realtime.module.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { noteSecret } from '../../support/evidence/evidence.ts';
import { callerOf, KnownSessions, KnownTokens } from '../authentication/known-callers.ts';

export const ADA = 'token-of-ada';
export const GRACE = 'token-of-grace';
/** May not listen to the harbour. */
export const LINUS = 'token-of-linus';
/** May listen to it, but have nothing posted. */
export const EVE = 'token-of-eve';

const CALLERS = {
  [ADA]: callerOf('ada', ['webhooks:write', 'harbour:read']),
  [GRACE]: callerOf('grace', ['webhooks:write', 'harbour:read']),
  [LINUS]: callerOf('linus', ['webhooks:write']),
  [EVE]: callerOf('eve', ['harbour:read']),
};

/** Topics `harbour`, `tides`, which is public, and `berths`, whose events have owners. */
@Module({ imports: [RealtimeModule] })
class HarbourModule {
  constructor(hub: EventHub) {
    hub.declare({ name: 'harbour', description: 'Ships', access: ['harbour:read'] });
    hub.declare({ name: 'tides', description: 'Water', access: 'public' });
    hub.declare({ name: 'berths', description: 'Your ships', access: [], isOwned: true });
  }
}

export interface Created {
  readonly id: string;
  readonly secret: string;
}

/** An application with subscriptions, background calls in memory, and callers it knows. */
export interface SubscriptionScene {
  readonly breakwater: TestApp;
  readonly hub: EventHub;
  /** Asks for a path below `/api/v1`, as somebody. */
  get(path: string, token?: string): Promise<Answer>;
  send(method: string, path: string, options?: { readonly body?: unknown; readonly token?: string }): Promise<Answer>;
  /** Makes a subscription, as Ada to the harbour unless told otherwise. */
  subscribe(url: string, options?: { readonly topics?: string[]; readonly token?: string }): Promise<Created>;
}

interface SceneOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

export const startSubscriptions = async ({ env = {}, override }: SceneOptions = {}): Promise<SubscriptionScene> => {
  const breakwater = await createApp({
    env,
    imports: [SubscriptionsModule, HarbourModule],
    override: (builder) => {
      withMemoryBackground(builder)
        .overrideProvider(TokenVerifier)
        .useValue(new KnownTokens(CALLERS))
        .overrideProvider(SessionReader)
        .useValue(new KnownSessions({}));
      return override?.(builder) ?? builder;
    },
  });
  const urlOf = (path: string): string => `${breakwater.url}/api/v1${path}`;
  const send: SubscriptionScene['send'] = (method, path, { body, token = ADA } = {}) =>
    ask(urlOf(path), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    ...{ breakwater, hub: breakwater.app.get(EventHub, { strict: false }), send },
    get: (path, token) => send('GET', path, token === undefined ? {} : { token }),
    subscribe: async (url, { topics = ['harbour'], token = ADA } = {}) => {
      const created = jsonOf<Created>(await send('POST', '/subscriptions', { body: { url, topics }, token }));
      noteSecret(created.secret);
      return created;
    },
  };
};
