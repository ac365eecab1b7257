import { ServiceUnavailableException } from '@nestjs/common';

/** This process cannot do its work at the moment; `message` says why, in words that everybody may read. */
export class Unavailable extends ServiceUnavailableException {
  constructor(message: string) {
    super(message);
    this.name = 'Unavailable';
  }
}
