import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { ContractReports, type ContractReport } from './contract-reports.ts';
import { ContractWatch } from './contract-watch.ts';

let clock: FakeClock;
let watch: ContractWatch;
let reports: ContractReport[];
beforeEach(() => {
  clock = new FakeClock();
  reports = [];
  const contractReports = new ContractReports();
  contractReports.listen((report) => void reports.push(report));
  watch = new ContractWatch({ name: 'fixture', clock, contractReports });
});

/** One answer a second. */
const look = async (...answers: readonly unknown[]): Promise<void> => {
  for (const answer of answers) {
    watch.look('getThing', answer);
    await clock.advance(1_000);
  }
};

const learn = (answer: unknown, times = 20): Promise<void> => look(...Array<unknown>(times).fill(answer));

const found = (): string[] =>
  watch.findings.map(({ kind, path, from = '', to = '', count }) => `${kind} ${path}: ${from} > ${to} ×${count}`);

const thing = { id: 1, name: 'a', tags: [{ label: 'x' }], owner: { email: null } };

describe('ContractWatch', () => {
  it('finds nothing while answers are what they were', async () => {
    await learn(thing, 40);
    expect(found()).toEqual([]);
  });

  it('finds what is new, missing or of another type, and counts it once an answer', async () => {
    await learn(thing);
    await look(
      { ...thing, colour: { red: 1 } },
      { ...thing, id: '1', tags: [{ label: 'x' }, { label: 7 }, { label: 8 }] },
      { id: 1, name: null, tags: [{}], owner: { email: null }, colour: 3 },
    );
    expect(found()).toEqual([
      'new colour:  > object ×2',
      'retyped id: number > string ×1',
      'retyped tags[].label: string > number ×1',
      'retyped name: string > null ×1',
      'missing tags[].label: string >  ×1',
    ]);
  });

  it('tells since when, until when, in how many answers, and reports each of them', async () => {
    await learn(thing);
    await look({ ...thing, more: 1 }, thing, { ...thing, more: 2 });
    expect(watch.findings).toEqual([
      {
        ...{ operation: 'getThing', path: 'more', kind: 'new', to: 'number', count: 2 },
        ...{ firstSeenAt: '2026-01-01T00:00:20.000Z', lastSeenAt: '2026-01-01T00:00:22.000Z' },
      },
    ]);
    expect(reports.map(({ provider, isFirst }) => [provider, isFirst])).toEqual([
      ['fixture', true],
      ['fixture', false],
    ]);
  });

  it('learns what comes late: what was null or empty, and objects that are seldom there', async () => {
    await learn({ id: 1, picture: null, moves: [], sometimes: null });
    await look({ id: 1, picture: 'x', moves: [{ name: 'm' }], sometimes: { a: 1 } });
    await look({ id: 1, picture: 'x', moves: [{ name: 'm', power: 1 }], sometimes: { a: 1, b: 1 } });
    expect(found()).toEqual([]);
  });

  it('counts as missing only what every object of its kind had', async () => {
    await learn({ items: [{ id: 1, note: 'x' }, { id: 2 }], optional: 1 }, 10);
    await learn({ items: [] }, 10);
    await learn({ items: [{ id: 1 }] }, 10);
    await look({ items: [{ id: 1 }, { note: 'x' }] });
    expect(found()).toEqual(['missing items[].id: number >  ×1']);
  });

  it('looks once a second for each operation', async () => {
    await learn(thing);
    for (let time = 0; time < 5; time += 1) watch.look('getThing', { ...thing, more: 1 });
    watch.look('another', thing);
    expect(found()).toEqual(['new more:  > number ×1']);
  });

  it('tells of an answer that breaks its schema each time, by what is there and was there', async () => {
    await learn(thing);
    const issues = [
      { message: 's3cret', path: ['id'] },
      { message: 's3cret', path: ['tags', 3, { key: 'label' }] },
    ];
    for (let time = 0; time < 3; time += 1)
      watch.noteBroken('getThing', issues, { ...thing, id: 's3cret', tags: [{}, {}, {}, {}] });
    watch.noteBroken('getThing', [{ message: 's3cret' }], 's3cret');
    expect(found()).toEqual([
      'retyped id: number > string ×3',
      'missing tags[].label: string >  ×3',
      'retyped (root): object > string ×1',
    ]);
    expect(JSON.stringify([watch.findings, reports])).not.toContain('s3cret');
  });

  it('tells, too, how else such an answer differs, each thing once', async () => {
    const issues = [{ message: 'x', path: ['id'] }];
    watch.noteBroken('getThing', issues, { ...thing, id: 'x', early: 1 });
    await learn(thing);
    watch.noteBroken('getThing', issues, { ...thing, id: 'x', early: 1 });
    expect(found()).toEqual(['retyped id: number > string ×2', 'new early:  > number ×1']);
  });

  it('tells of a new field that it is new, and of nothing else in it', async () => {
    await learn(thing);
    await learn({ ...thing, more: { a: 1 } }, 30);
    await look({ ...thing, more: { a: 'x', b: 1 } }, { ...thing, more: 7 });
    expect(found()).toEqual(['new more:  > object ×32']);
  });

  it('knows nothing of types before it has seen any', () => {
    watch.noteBroken('getThing', [{ message: 'x', path: ['a', 'b'] }], { a: null });
    watch.noteBroken('getThing', [{ message: 'x', path: ['constructor'] }], {});
    expect(found()).toEqual(['missing a.b:  >  ×1', 'missing constructor:  >  ×1']);
  });
});
