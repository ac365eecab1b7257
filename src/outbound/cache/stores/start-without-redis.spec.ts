import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { openInstance } from '../../../../test/contracts/open-instance.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { describeWithRedis, startRedis } from '../../../../test/support/start-redis.ts';

const GONE = 'Redis does not answer: the cache works on memory alone until it is back';
const BACK = 'Redis is back: the cache is shared again';

describeWithRedis('a cache that starts without its Redis', () => {
  it('says so with the reason, and shares once it is there', async () => {
    const server = await startRedis();
    await server.kill();
    const instance = await openInstance(server.url);
    await eventually(() => expect(instance.logged('warn')).toEqual([GONE]));
    expect(instance.logLines.join('')).toContain('ECONNREFUSED');
    await server.restart();
    await instance.connected();
    await eventually(() => expect(instance.logged('info')).toEqual([BACK]));
    await instance.close();
    await server.stop();
  });

  it('says that its password is wrong, and does not show it', async () => {
    const server = await startRedis(['--requirepass', 'correct-horse']);
    const instance = await openInstance(server.url.replace('//', '//:hunter2@'));
    await eventually(() => expect(instance.logged('warn')).toEqual([GONE]));
    expect(instance.logLines.join('')).toContain('WRONGPASS');
    expect(instance.logLines.join('')).not.toContain('hunter2');
    await instance.close();
    await server.stop();
  });

  it('says how to let it hear what others forget when it may not', async () => {
    const server = await startRedis();
    const admin = new Redis(server.url);
    await admin.acl('SETUSER', 'cache', 'on', '>hunter2', '~*', '+@all', 'resetchannels');
    admin.disconnect();
    const instance = await openInstance(server.url.replace('//', '//cache:hunter2@'));
    await eventually(() =>
      expect(instance.logged('warn').join()).toContain('what other instances forget is not heard'),
    );
    expect(instance.logLines.join('')).toContain('breakwater:cache:v1:forgotten');
    await instance.close();
    await server.stop();
  });
});
