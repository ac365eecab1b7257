import { describe, expect, it } from '@jest/globals';
import { notePassing } from './sweep-buffers.ts';

const PIECE_BYTES = 65_536;
const PIECES = 800;
/** What may pass until the next sweep, and what one leaves behind; V8 by itself lets it be 64 MB. */
const MAX_HELD_BYTES = 24_000_000;

const heldBytes = (): number => process.memoryUsage().arrayBuffers;

describe('pieces of bodies that nobody has any more', () => {
  it('do not pile up while others pass through', () => {
    const before = heldBytes();
    let most = 0;
    for (let nth = 0; nth < PIECES; nth += 1) {
      notePassing(Buffer.alloc(PIECE_BYTES).length);
      most = Math.max(most, heldBytes() - before);
    }
    expect(most).toBeGreaterThan(PIECE_BYTES);
    expect(most).toBeLessThan(MAX_HELD_BYTES);
  });
});
