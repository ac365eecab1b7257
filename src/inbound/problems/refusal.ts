import { HttpException } from '@nestjs/common';

interface RefusalParts {
  readonly status: 401 | 403;
  /** For people. */
  readonly detail: string;
  /** For programs: the value of `WWW-Authenticate`. */
  readonly challenge: string;
}

/** Whoever asks may not, or not as they came: says what is missing (RFC 9110 §11.6.1, RFC 6750 §3). */
export class Refusal extends HttpException {
  readonly challenge: string;

  constructor({ status, detail, challenge }: RefusalParts) {
    super(detail, status);
    this.name = 'Refusal';
    this.challenge = challenge;
  }
}
