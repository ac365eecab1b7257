import { RequestTimeoutException } from '@nestjs/common';

/** The caller has stopped sending in the middle of a body. */
export class BodyStalled extends RequestTimeoutException {
  constructor(idleMs: number) {
    super(`Nothing more of the body has arrived for ${idleMs} ms`);
  }
}
