import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Circuits } from './circuits.ts';

const circuits = new Circuits(buildOptions(), new FakeClock(), () => 0);
const plain = buildCall();
const own = buildCall({ operation: { circuit: 'own' } });
const elsewhere = 'https://files.example';

describe('circuits of a provider', () => {
  it('are one for all calls to an origin', () => {
    expect(circuits.of(plain)).toBe(circuits.of(buildCall({ path: '/other' })));
    expect(circuits.of(plain)).toBe(circuits.ofServer(plain.origin));
    expect(circuits.of({ ...plain, origin: elsewhere })).not.toBe(circuits.of(plain));
  });

  it('are apart for an operation with a circuit of its own, at each origin', () => {
    expect(circuits.of(own)).not.toBe(circuits.of(plain));
    expect(circuits.of(own)).toBe(circuits.of(own));
    expect(circuits.of({ ...own, origin: elsewhere })).not.toBe(circuits.of(own));
  });
});
