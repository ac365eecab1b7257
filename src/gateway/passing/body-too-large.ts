import { PayloadTooLargeException } from '@nestjs/common';

/** The caller sends more than the route takes. */
export class BodyTooLarge extends PayloadTooLargeException {
  constructor(maxBytes: number) {
    super(`The body is larger than the ${maxBytes} bytes this route takes`);
  }
}
