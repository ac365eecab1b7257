import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  callersToken,
  clientCredentials,
  defineProvider,
  OutboundModule,
  staticToken,
  TokenIssuer,
  type ProviderDefinition,
} from '../../../src/outbound/index.ts';
import { LogDestination } from '../../../src/platform/logging/create-log.ts';
import { PlatformModule } from '../../../src/platform/platform.module.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { withEnvironment } from '../../support/with-environment.ts';

@Global()
@Module({ providers: [{ provide: TokenIssuer, useClass: TestIssuer }], exports: [TokenIssuer] })
class IssuerModule {}

/** Starts an application that has this provider, and ends it. */
const start = async (definition: ProviderDefinition, ...more: (typeof IssuerModule)[]): Promise<void> => {
  const imports = [PlatformModule, OutboundModule.forProvider(definition), ...more];
  const builder = Test.createTestingModule({ imports }).overrideProvider(LogDestination);
  const module = await builder.useValue({ write: () => undefined }).compile();
  await module.init();
  await module.close();
};

const KINDS = { staticToken: staticToken(), clientCredentials: clientCredentials(), callersToken: callersToken() };
const kindsOf = Object.entries(KINDS);

describe('a provider that presents credentials', () => {
  it.each(kindsOf)('does not start where they could be read on the way: %s', async (kind, credential) => {
    const name = `clear-${kind.toLowerCase()}`;
    const definition = defineProvider(name, { credential });
    const prefix = name.replace('-', '_').toUpperCase();
    const url = 'http://api.example.com';
    const failed = await withEnvironment({ [`${prefix}_URL`]: url, [`${prefix}_TOKEN`]: 's3cret' }, () =>
      rejectionOf(start(definition, IssuerModule)),
    );
    expect(failed).toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(new RegExp(`${prefix}_URL="?${url}"?: credentials are sent there: use https://`)),
    });
    expect(String(failed)).not.toContain('s3cret');
  });

  it.each([
    'http://8.8.8.8',
    'http://api.example.com:8080/v1',
    'http://[2606:4700::1]',
    'http://localhost.example.com',
  ])('does not start with %s', async (baseUrl) => {
    const definition = defineProvider('clear', { baseUrl, credential: staticToken() });
    expect(await rejectionOf(start(definition))).toMatchObject({ name: 'ConfigError' });
  });

  it.each(['https://api.example.com', 'http://127.0.0.1:1', 'http://[::1]', 'http://10.1.2.3', 'http://cms', 'off'])(
    'starts with %s',
    async (url) => {
      const definition = defineProvider('sound', { credential: staticToken() });
      await withEnvironment({ SOUND_URL: url }, () => start(definition));
    },
  );

  it('may be called in clear where nothing is presented', async () => {
    await start(defineProvider('plain', { baseUrl: 'http://api.example.com' }));
  });

  it('does not start when nobody issues the tokens that it presents', async () => {
    const definition = defineProvider('orphan', {
      baseUrl: 'https://api.example.com',
      credential: clientCredentials(),
    });
    expect(await rejectionOf(start(definition))).toEqual(
      new TypeError(
        'A provider presents client credentials, but nothing issues tokens: bind TokenIssuer in app.module.ts',
      ),
    );
    await start(definition, IssuerModule);
  });

  it.each(kindsOf.filter(([kind]) => kind !== 'clientCredentials'))(
    'needs nobody to issue them: %s',
    (_kind, credential) => start(defineProvider('free', { baseUrl: 'https://api.example.com', credential })),
  );
});
