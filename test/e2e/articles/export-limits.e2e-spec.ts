import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../../support/access-log.ts';
import { ask } from '../../support/ask.ts';
import type { TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { idOf, linesOf, openExport, readExport, type Reading } from './export-reading.ts';
import { aSignal, anArticle, startScripted, type Pages } from './export-scripted.ts';

let breakwater: TestApp;
let goOn: ReturnType<typeof aSignal>;

const waiting: Pages = async function* () {
  yield [anArticle('one')];
  await goOn.given;
  yield [anArticle('two')];
};

const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
  goOn = aSignal();
  breakwater = await startScripted(waiting, { env });
};
afterEach(() => breakwater.close());

describe('eight exports of one caller under way', () => {
  let readings: readonly Reading[];

  beforeEach(async () => {
    await start();
    readings = await Promise.all(Array.from({ length: 8 }, () => openExport(breakwater)));
  });
  afterEach(() => readings.forEach((reading) => reading.leave()));

  it('are as many as there may be: a ninth is told to come back', async () => {
    expect(readings.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const refused = await readExport(breakwater);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'overloaded', provider: 'cms', retryAfterMs: 5_000 });
    const { failure } = await accessLineOf(breakwater, idOf(refused));
    expect(failure).toMatchObject({
      code: 'overloaded',
      reason: 'too many streams are under way already, in all or for this caller',
    });
  });

  it('keep nobody else from theirs, until there are too many in all', async () => {
    const others: Reading[] = [];
    for (const from of ['127.0.0.2', '127.0.0.3', '127.0.0.4'])
      others.push(...(await Promise.all(Array.from({ length: 8 }, () => openExport(breakwater, {}, from)))));
    const late = await openExport(breakwater, {}, '127.0.0.5');
    for (const reading of [...others, late]) reading.leave();
    expect([others.filter(({ status }) => status === 200).length, late.status]).toEqual([24, 503]);
  });

  it('keep nobody from anything else', async () => {
    expect((await ask(`${breakwater.url}/health/live`)).status).toBe(200);
  });

  it.each(['left', 'come to its end'])('make room for another when one has %s', async (how) => {
    if (how === 'left') readings[3]!.leave();
    else {
      goOn.give();
      await readings[3]!.finish();
    }
    await eventually(async () => {
      const another = await openExport(breakwater);
      another.leave();
      expect(another.status).toBe(200);
    });
  });
});

describe('an export under way when the process is told to stop', () => {
  it('may end, and its connection with it', async () => {
    await start({ SHUTDOWN_TIMEOUT_MS: '60000' });
    const reading = await openExport(breakwater, { connection: 'keep-alive' });
    expect(reading.headers.connection).toBe('close');
    const closed = breakwater.close();
    await eventually(() => expect(breakwater.app.getHttpServer().listening).toBe(false));
    goOn.give();
    const exported = await reading.finish();
    expect(exported.isWhole).toBe(true);
    expect(linesOf(exported).length).toBe(2);
    await closed;
  });

  it('is broken off after SHUTDOWN_TIMEOUT_MS', async () => {
    await start({ SHUTDOWN_TIMEOUT_MS: '300' });
    const reading = await openExport(breakwater);
    const finished = reading.finish();
    await breakwater.close();
    const exported = await finished;
    expect(exported.isWhole).toBe(false);
    expect(linesOf(exported).length).toBe(1);
    expect(breakwater.logLines.join('')).toContain('Requests still in flight were cut off');
  });
});
