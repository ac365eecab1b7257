import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../support/fake-clock.ts';
import type { OriginAnswer } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
const JUMPS = [YEAR_MS, -YEAR_MS, 40 * YEAR_MS, -40 * YEAR_MS, 0, 1, -1, 8.64e15 - Date.UTC(2026)];

/** Its wall clock jumps, as somebody sets it; what measures durations goes on as before. */
class JumpingClock extends FakeClock {
  offsetMs = 0;

  override wallTime(): number {
    return super.wallTime() + this.offsetMs;
  }
}

let clock: JumpingClock;
let proxied: ProxiedOrigin;
beforeEach(async () => {
  clock = new JumpingClock();
  proxied = await startProxiedOrigin({ clock });
});
afterEach(() => proxied.close());

const FRESH: OriginAnswer = { headers: { 'cache-control': 'max-age=60', etag: '"1"' } };

/** Dates by a clock that has not jumped, as an upstream has it. */
const dated = (offsetMs = 0): OriginAnswer => ({
  headers: { ...FRESH.headers, date: new Date(Date.UTC(2026, 0, 1) + clock.now() + offsetMs).toUTCString() },
});

describe('when the wall clock jumps', () => {
  it.each(JUMPS)('what is stored ages on as before: %d ms', async (jumpMs) => {
    const thing = proxied.origin.serve(dated());
    await proxied.get(thing);
    clock.offsetMs = jumpMs;
    await proxied.pass(59);
    expect((await proxied.get(thing)).headers.age).toBe('59');
    await proxied.pass(1);
    thing.answer({ status: 304 });
    expect(await proxied.get(thing)).toMatchObject({ status: 200, body: '1' });
    expect(thing.requests).toHaveLength(2);
  });

  it.each(JUMPS)('everything is answered while it does: %d ms', async (jumpMs) => {
    const answers: OriginAnswer[] = [
      dated(),
      { headers: { expires: new Date(Date.UTC(2027)).toUTCString(), date: dated().headers?.['date'] } },
      { headers: { ...FRESH.headers, vary: 'x-a' } },
      { status: 404, headers: FRESH.headers! },
    ];
    const things = answers.map((answer) => proxied.origin.serve({ ...answer, latencyMs: 2 }));
    const statuses = new Set<number>();
    for (let round = 0; round < 10; round += 1) {
      const asked = things.flatMap((thing) => [proxied.get(thing), proxied.get(thing, { 'x-a': String(round % 3) })]);
      clock.offsetMs = round % 2 === 0 ? jumpMs : -jumpMs;
      await proxied.pass(17);
      for (const { status } of await Promise.all(asked)) statuses.add(status);
    }
    expect([...statuses].sort()).toEqual([200, 404]);
  });

  it('into the future, what comes is stale at the most', async () => {
    clock.offsetMs = YEAR_MS;
    const thing = proxied.origin.serve(dated());
    expect([(await proxied.get(thing)).status, (await proxied.get(thing)).status]).toEqual([200, 200]);
    clock.offsetMs = 0;
    thing.answer(dated());
    await proxied.get(thing);
    expect((await proxied.get(thing)).headers.age).toBe('0');
  });

  it('into the past, what comes is no fresher than the upstream says', async () => {
    clock.offsetMs = -YEAR_MS;
    const thing = proxied.origin.serve(dated());
    await proxied.get(thing);
    await proxied.pass(60);
    await proxied.get(thing);
    expect(thing.requests).toHaveLength(2);
  });

  it('an answer under way is of no other age for it', async () => {
    const thing = proxied.origin.serve({ ...FRESH, latencyMs: 30 });
    const first = proxied.get(thing);
    clock.offsetMs = -YEAR_MS;
    expect((await first).status).toBe(200);
    clock.offsetMs = YEAR_MS;
    expect((await proxied.get(thing)).headers.age).toBe('0');
  });
});
