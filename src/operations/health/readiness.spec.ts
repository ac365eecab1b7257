import { LazyModuleLoader } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { Unavailable } from '../../inbound/problems/unavailable.ts';
import type { OwnStore } from './own-stores.ts';
import { Readiness } from './readiness.ts';

let module: TestingModule;
let asked: number;
beforeEach(async () => {
  asked = 0;
  module = await Test.createTestingModule({}).compile();
});
afterEach(() => module.close());

const readiness = (...stores: readonly Partial<OwnStore>[]): Readiness => {
  const inUse = stores.map((store) => ({ name: 'redis', ask: () => Promise.resolve(), ...store }));
  return new Readiness(module.get(LazyModuleLoader), { inUse: () => inUse } as never);
};

/** Counts how often it is asked. */
const counted = (ask: () => Promise<void>) => (): Promise<void> => {
  asked += 1;
  return ask();
};

const NEVER = () => new Promise<void>(() => undefined);

const refusalOf = async (one: Readiness): Promise<string> => {
  const refused = await rejectionOf(one.check());
  expect(refused).toBeInstanceOf(Unavailable);
  return (refused as Unavailable).message;
};

describe('Readiness', () => {
  it.each<[string, () => Promise<void>]>([
    ['fails', () => Promise.reject(new Error('connect ECONNREFUSED redis://:hunter2@10.0.0.1:6379'))],
    [
      'throws',
      () => {
        throw new TypeError('hunter2');
      },
    ],
    ['is silent', NEVER],
  ])('names a store that %s, and says no more of it', async (_how, ask) => {
    const one = readiness({ ask: counted(ask) }, { name: 'embedded' });
    expect(await refusalOf(one)).toBe('Does not answer: redis');
  });

  it('names each store that is down', async () => {
    const one = readiness({ ask: () => Promise.reject(new Error('one')) }, { name: 'embedded', ask: NEVER });
    expect(await refusalOf(one)).toBe('Does not answer: redis, embedded');
  });

  it('asks a store once for all who want to know at the same time', async () => {
    const answered = Promise.withResolvers<void>();
    const one = readiness({ ask: counted(() => answered.promise) });
    const checks = Array.from({ length: 20 }, () => one.check());
    answered.resolve();
    expect(await Promise.all(checks)).toEqual(Array(20).fill({ redis: 'up' }));
    expect(asked).toBe(1);
  });

  it('tells who only looks what is down, and what is not', async () => {
    const one = readiness({ ask: () => Promise.reject(new Error('one')) }, { name: 'embedded' });
    expect(await one.look()).toEqual({ redis: 'down', embedded: 'up' });
  });

  it('asks nobody once the process is stopping', async () => {
    const one = readiness({ ask: counted(() => Promise.resolve()) });
    one.onModuleDestroy();
    expect([await refusalOf(one), asked]).toEqual(['This process is stopping', 0]);
    expect([await one.look(), asked]).toEqual([{}, 0]);
  });
});
