import { Readable } from 'node:stream';
import * as nest from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { SameForEverybody } from '../../../src/inbound/caching/same-for-everybody.ts';
import { Clock } from '../../../src/platform/clock.ts';
import type { SourceFreshness } from '../../../src/platform/context/answer-freshness.ts';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { source } from './sourced.module.ts';

let sources: SourceFreshness[];
/** How often a handler ran; answers bear their number. */
let handled: number;

/** What `kind` asks for, made of `sources`. */
const make = (kind: string): unknown => {
  for (const each of sources) currentContext()!.freshness.add(each);
  handled += 1;
  if (kind === 'bytes') return Buffer.from('charizard');
  if (kind === 'stream') return new nest.StreamableFile(Readable.from(['chari', 'zard']));
  if (kind === 'missing') throw new nest.NotFoundException('There is none');
  return kind.startsWith('long') ? kind.padEnd(Number(kind.slice(4)), 'x') : { handled };
};

class FriendsOnly implements nest.CanActivate {
  canActivate(context: nest.ExecutionContext): boolean {
    return context.switchToHttp().getRequest<FastifyRequest>().headers['x-friend'] === 'yes';
  }
}

@Public()
@nest.Controller({ path: 'made', version: '1' })
class MadeController {
  @nest.All('marked/:kind')
  @nest.HttpCode(200)
  @SameForEverybody()
  getMarked(@nest.Param('kind') kind: string): unknown {
    return make(kind);
  }

  @nest.Get('unmarked/:kind')
  getUnmarked(@nest.Param('kind') kind: string): unknown {
    return make(kind);
  }

  @nest.Get('for-friends/:kind')
  @nest.UseGuards(FriendsOnly)
  getForFriends(@nest.Param('kind') kind: string): unknown {
    return make(kind);
  }

  @nest.Get('withdrawn')
  @nest.HttpCode(410)
  @SameForEverybody()
  getWithdrawn(): unknown {
    return make('small');
  }
}

@nest.Module({ controllers: [MadeController] })
class MadeModule {}

let clock: FakeClock;
let breakwater: TestApp;

beforeAll(async () => {
  clock = new FakeClock();
  breakwater = await createApp({
    imports: [MadeModule],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
beforeEach(async () => {
  // What tests before this one have left is stale.
  await clock.advance(3_600_000);
  sources = [source()];
  handled = 0;
});
afterAll(() => breakwater.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/made/${path}`, { headers, method });

/** How often the handler runs for three requests. */
const runsFor = async (path: string, method = 'GET'): Promise<number> => {
  for (let count = 0; count < 3; count += 1) await get(path, {}, method);
  return handled;
};

describe('the handler', () => {
  it.each(['marked/small', 'marked/long1023'])('runs once for many: %s', async (path) => {
    expect(await runsFor(path)).toBe(1);
  });

  it.each([
    ...['unmarked/small', 'for-friends/small', 'withdrawn', 'marked/missing', 'marked/bytes', 'marked/stream'],
    ...['marked/long1024', 'marked/long2000'],
  ])('runs each time: %s', async (path) => {
    for (let count = 0; count < 3; count += 1) await get(path, { 'x-friend': 'yes' });
    expect(handled).toBe(3);
  });

  it.each(['HEAD', 'POST', 'PUT', 'OPTIONS'])('runs each time for %s', async (method) => {
    expect(await runsFor('marked/small', method)).toBe(3);
    expect(await runsFor('marked/small')).toBe(4);
    expect(await runsFor('marked/small', method)).toBe(7);
  });

  it.each<[string, Partial<SourceFreshness>[]]>([
    ['made of nothing that lasts', []],
    ['with a part that may not be kept', [{}, { storable: false }]],
    ['with a part for one person', [{}, { isPrivate: true }]],
    ['with a part that is stale', [{}, { ageMs: 61_000, staleWhileRevalidateMs: 60_000 }]],
  ])('runs each time for what is %s', async (_what, parts) => {
    sources = parts.map(source);
    expect(await runsFor('marked/small')).toBe(3);
  });

  it('runs again when the first part has gone stale', async () => {
    sources = [source(), source({ ageMs: 50_000 })];
    expect(await runsFor('marked/small')).toBe(1);
    await clock.advance(9_999);
    expect(await runsFor('marked/small')).toBe(1);
    await clock.advance(1);
    expect(await runsFor('marked/small')).toBe(2);
  });
});

describe('a guard', () => {
  it('of a route without the mark is asked each time', async () => {
    const statuses: number[] = [];
    for (const friend of ['yes', 'no', 'yes', 'no'])
      statuses.push((await get('for-friends/small', { 'x-friend': friend })).status);
    expect([statuses, handled]).toEqual([[200, 403, 200, 403], 2]);
  });
});

describe('what is long enough for compression', () => {
  it('is for each as it accepts it, whoever came first', async () => {
    const codings = ['br', 'gzip', 'identity', 'br', 'gzip', 'identity'];
    const answers: Answer[] = [];
    for (const coding of codings) answers.push(await get('marked/long1024', { 'accept-encoding': coding }));
    expect(answers.map(({ headers }) => headers.get('content-encoding') ?? 'identity')).toEqual(codings);
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(3);
    expect(new Set(answers.map(({ headers, text }) => text + headers.get('vary'))).size).toBe(1);
  });
});
