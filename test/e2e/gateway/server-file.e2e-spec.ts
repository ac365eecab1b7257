import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startLoad, type ConstantLoad } from '../../support/constant-load.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { serversOf } from '../../support/server-states.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const CHANGES = 20;

let folder: string;
let echoes: EchoServer[];
let gateway: GatewayApp;
let load: ConstantLoad;

const list = async (text: string): Promise<void> => {
  const path = join(folder, 'servers.yaml');
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
};

const listServers = (...servers: readonly EchoServer[]): Promise<void> =>
  list(servers.map(({ url }) => `- ${url}`).join('\n'));

const known = async (): Promise<string[]> => [...(await serversOf(gateway.url, 'listed')).keys()];

const expectKnown = (...servers: readonly EchoServer[]): Promise<void> =>
  eventually(async () => expect((await known()).toSorted()).toEqual(servers.map(({ url }) => url).toSorted()));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servers-'));
  echoes = await Promise.all([startEcho(), startEcho(), startEcho()]);
  await listServers(echoes[0]!);
  gateway = await createGateway([
    { name: 'listed', public: true, target: { file: join(folder, 'servers.yaml'), balance: { slowStartMs: 0 } } },
  ]);
  load = startLoad(`${gateway.url}/gateway/listed/echo`);
});
afterEach(async () => {
  await load.stop();
  await gateway.close();
  await Promise.all(echoes.map((echo) => echo.close()));
  await rm(folder, { recursive: true });
});

describe('servers that a file lists', () => {
  it(`change under load ${CHANGES} times: nobody fails, and none keeps a connection that is listed no more`, async () => {
    for (let change = 1; change <= CHANGES; change += 1) {
      const [one, other, third] = [0, 1, 2].map((at) => echoes[(change + at) % 3]!) as [
        EchoServer,
        EchoServer,
        EchoServer,
      ];
      await listServers(one, other);
      await expectKnown(one, other);
      await eventually(() => expect(third.connections).toBe(0));
      third.forget();
      await eventually(() => expect(other.received).toBeGreaterThan(0));
      expect(third.received).toBe(0);
    }
    await load.stop();
    expect(load.failures).toEqual([]);
  }, 60_000);

  it('stay as they were while the file is of no use, or gone', async () => {
    await list('- ftp://nowhere');
    await eventually(() => expect(gateway.logLines.join('')).toMatch(/is of no use/));
    await expectKnown(echoes[0]!);
    await rm(join(folder, 'servers.yaml'));
    await eventually(() => expect(gateway.logLines.join('')).toMatch(/ENOENT/));
    await expectKnown(echoes[0]!);
    await listServers(echoes[1]!);
    await expectKnown(echoes[1]!);
    await load.stop();
    expect(load.failures).toEqual([]);
  });
});
