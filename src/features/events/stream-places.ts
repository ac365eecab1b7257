import { Injectable } from '@nestjs/common';
import { Places } from '../../inbound/streaming/places.ts';

/** Streams in all, a few KB of memory each; and of one caller: tabs of a browser, and then some. */
export const LIMITS = { max: 10_000, maxEach: 8 };

/** Who may listen at once. */
@Injectable()
export class StreamPlaces extends Places {
  constructor() {
    super(LIMITS);
  }
}
