import { describe, expect, it } from '@jest/globals';
import { schemaFaults, type Schema, type Schemas } from './schema-faults.ts';

const schemas: Schemas = {
  Berth: { type: 'object', properties: { depth: { type: 'number' } }, required: ['depth'] },
};
const BERTH: Schema = { $ref: '#/components/schemas/Berth' };
const HARBOUR: Schema = {
  type: 'object',
  required: ['name', 'openedAt'],
  properties: {
    name: { type: 'string' },
    openedAt: { type: 'string', format: 'date-time', nullable: true },
    kind: { type: 'string', enum: ['tidal', 'deep'] },
    berths: { type: 'array', items: BERTH },
    first: { type: 'object', nullable: true, allOf: [BERTH] },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const SOUND = { name: 'Brixham', openedAt: null };

describe('an answer', () => {
  it.each([
    [SOUND],
    [{ ...SOUND, openedAt: '2026-01-02T12:00:00.000Z' }],
    [{ ...SOUND, kind: 'deep', berths: [{ depth: 4 }, { depth: 5.5 }], first: null }],
    [{ ...SOUND, first: { depth: 1 }, labels: { a: 'b' } }],
  ])('is as described: %j', (value) => {
    expect(schemaFaults(value, HARBOUR, schemas)).toEqual([]);
  });

  it.each([
    [null, '$: is null'],
    [[], '$: is array, not object'],
    [{ name: 'Brixham' }, '$.openedAt: is not there'],
    [{ ...SOUND, name: null }, '$.name: is null'],
    [{ ...SOUND, name: 7 }, '$.name: is number, not string'],
    [{ ...SOUND, openedAt: 'yesterday' }, '$.openedAt: yesterday is no time'],
    [{ ...SOUND, kind: 'dry' }, '$.kind: "dry" is not listed'],
    [{ ...SOUND, berths: [{ depth: 1 }, {}] }, '$.berths[1].depth: is not there'],
    [{ ...SOUND, first: { depth: null } }, '$.first.depth: is null'],
    [{ ...SOUND, labels: { a: 1 } }, '$.labels.a: is number, not string'],
    [{ ...SOUND, constructor: 1 }, '$.constructor: is not described'],
    [{ ...SOUND, mayor: 'x' }, '$.mayor: is not described'],
  ])('is not as described: %j', (value, fault) => {
    expect(schemaFaults(value, HARBOUR, schemas)).toEqual([fault]);
  });

  it('of which nothing is said is a fault', () => {
    expect(schemaFaults('x', {}, schemas)).toEqual(['$: is string, not described']);
  });
});
