import { Injectable, Module, Scope, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { BackgroundOperation, type BackgroundAttempt, type BackgroundOperationOptions } from '../outbound/index.ts';
import { DiscoveredOperations } from './discovered-operations.ts';
import { Operations } from './operations.ts';

class Input {}

/** A class with one operation. */
const declare = (
  name: string,
  options: Partial<BackgroundOperationOptions> = {},
  scope = Scope.DEFAULT,
): Type<object> => {
  @Injectable({ scope })
  class Declaring {
    private readonly prefix = 'did';

    @BackgroundOperation({ name, input: Input, access: ['ci:write'], ...options })
    run(input: { what: string }, { callId }: BackgroundAttempt): Promise<string> {
      return Promise.resolve(`${this.prefix} ${input.what} ${callId}`);
    }

    other(): void {}
  }
  return Declaring;
};

const start = async (...providers: NonNullable<Parameters<typeof Module>[0]['providers']>): Promise<Operations> => {
  const binding = { provide: Operations, useClass: DiscoveredOperations };
  const module = Test.createTestingModule({ imports: [DiscoveryModule], providers: [binding, ...providers] });
  return (await (await module.compile()).init()).get(Operations);
};

describe('DiscoveredOperations', () => {
  it('finds every marked method, and calls it on its instance', async () => {
    const operations = await start(declare('ci.run'), declare('ci.stop', { repeatable: 'always' }));
    expect(operations.all().map(({ name }) => name)).toEqual(['ci.run', 'ci.stop']);
    const operation = operations.find('ci.stop')!;
    expect(operation).toMatchObject({ input: Input, access: ['ci:write'], repeatable: 'always' });
    const attempt = { callId: '7' } as BackgroundAttempt;
    expect(await operation.run({ what: 'it' }, attempt)).toBe('did it 7');
    expect(operations.find('ci.rerun')).toBeUndefined();
    expect(operations.find('toString')).toBeUndefined();
  });

  it('takes one instance under two names for one', async () => {
    const declaring = declare('ci.run');
    const operations = await start(declaring, { provide: 'other', useExisting: declaring });
    expect(operations.all()).toHaveLength(1);
  });

  it('refuses the start for two of the same name', async () => {
    await expect(start(declare('ci.run'), declare('ci.run'))).rejects.toThrow(
      'Operation "ci.run" is declared twice, by Declaring.run and Declaring.run: rename one',
    );
  });

  it.each(['', 'run', 'ci.', '.run', 'Ci.run', 'ci run', 'ci.run\n', 'ci/run', `ci.${'x'.repeat(62)}`])(
    'refuses the start for the name %j',
    async (name) => {
      await expect(start(declare(name))).rejects.toThrow('name it like ci.runWorkflow');
    },
  );

  it.each([[[-1]], [[Number.NaN]], [[Infinity]], [[8 * 86_400_000]], [Array.from({ length: 51 }, () => 1)]])(
    'refuses the start for the delays %j',
    async (retryDelaysMs) => {
      await expect(start(declare('ci.run', { retryDelaysMs }))).rejects.toThrow('retryDelaysMs are up to 50 delays');
    },
  );

  it('refuses the start for a class that is made for each request', async () => {
    await expect(start(declare('ci.run', {}, Scope.REQUEST))).rejects.toThrow('make it a singleton');
  });
});
