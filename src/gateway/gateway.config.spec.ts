import { describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../test/support/with-environment.ts';
import { gatewayConfig } from './gateway.config.ts';

const routesBy = (GATEWAY_ROUTES: string): Promise<string | undefined> =>
  withEnvironment({ GATEWAY_ROUTES }, () => Promise.resolve(gatewayConfig().routes));

describe('GATEWAY_ROUTES', () => {
  it('is the path of a file', async () => expect(await routesBy(' ./gateway.yaml ')).toBe('./gateway.yaml'));

  it('counts as unset when it is empty: there are no routes', async () => expect(await routesBy(' ')).toBeUndefined());
});
