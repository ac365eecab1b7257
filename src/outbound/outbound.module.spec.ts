import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { rejectionOf } from '../../test/support/rejection-of.ts';
import { LogDestination } from '../platform/logging/create-log.ts';
import { PlatformModule } from '../platform/platform.module.ts';
import { defineProvider, type ProviderDefinition } from './define-provider.ts';
import { ApiClient } from './http/api-client.ts';
import { path } from './http/path.ts';
import { OutboundModule } from './outbound.module.ts';
import { ProviderRegistry } from './provider-registry.ts';

/** What a provider's module has: somebody who wants its `ApiClient` and its `HttpService`. */
const moduleOf = (definition: ProviderDefinition) => {
  @Injectable()
  class Client {
    constructor(
      @Inject(ApiClient) readonly api: ApiClient,
      @Inject(HttpService) readonly http: HttpService,
    ) {}
  }
  @Module({ imports: [OutboundModule.forProvider(definition)], providers: [Client], exports: [Client] })
  class ClientModule {}
  return { Client, ClientModule };
};

const start = (
  ...imports: NonNullable<Parameters<typeof Test.createTestingModule>[0]['imports']>
): Promise<TestingModule> =>
  Test.createTestingModule({ imports: [PlatformModule, ...imports] })
    .overrideProvider(LogDestination)
    .useValue({ write: () => undefined })
    .compile();

describe('OutboundModule.forProvider', () => {
  let app: TestingModule | undefined;
  afterEach(() => app?.close());

  it('refuses to start with two providers of one name', async () => {
    const [one, other] = [moduleOf(defineProvider('twin', {})), moduleOf(defineProvider('twin', {}))];
    expect(await rejectionOf(start(one.ClientModule, other.ClientModule))).toEqual(
      new TypeError('Two providers are named "twin": rename one'),
    );
  });

  it('refuses to start with a configuration that cannot work', async () => {
    const { ClientModule } = moduleOf(defineProvider('broken', { attemptTimeoutMs: 2_000, callDeadlineMs: 1_000 }));
    const refused = await rejectionOf(start(ClientModule));
    expect(refused).toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('BROKEN_ATTEMPT_TIMEOUT_MS=2000'),
    });
  });

  it('gives each provider an HttpService of its own, which the ApiClient uses', async () => {
    const [one, other] = [moduleOf(defineProvider('harbour', {})), moduleOf(defineProvider('lagoon', {}))];
    app = await start(one.ClientModule, other.ClientModule);
    const [harbour, lagoon] = [app.get(one.Client), app.get(other.Client)];
    expect(harbour.http.axiosRef).not.toBe(lagoon.http.axiosRef);
    expect([harbour.http.axiosRef, lagoon.http.axiosRef]).not.toContain(axios);
    const used: string[] = [];
    harbour.http.axiosRef.interceptors.request.use((config) => (used.push('harbour'), config));
    lagoon.http.axiosRef.interceptors.request.use((config) => (used.push('lagoon'), config));
    expect(await rejectionOf(harbour.api.get(path`/x`))).toMatchObject({ code: 'not_configured', provider: 'harbour' });
    expect(used).toEqual(['harbour']);
  });

  it('registers each provider under its name', async () => {
    app = await start(moduleOf(defineProvider('harbour', {})).ClientModule);
    expect(app.get(ProviderRegistry, { strict: false }).get('harbour').status.isConfigured).toBe(false);
  });
});
