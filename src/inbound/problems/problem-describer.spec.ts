import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { UpstreamError } from '../../outbound/index.ts';
import { InvalidRequest } from './invalid-request.ts';
import { ProblemDescriber } from './problem-describer.ts';

const describer = new ProblemDescriber();

describe('ProblemDescriber', () => {
  it('says of a failed upstream what a request would have been answered', () => {
    const failure = {
      code: 'upstream_throttled',
      provider: 'ci',
      operation: 'run',
      reason: 'status 429 by 10.0.0.1',
    } as const;
    const described = describer.describe(new UpstreamError({ ...failure, retryAfterMs: 1.5 }));
    expect(described).toEqual({
      code: 'upstream_throttled',
      status: 503,
      title: 'Upstream throttled',
      detail: 'The external service asks for fewer requests. Retry after the time given.',
      provider: 'ci',
      retryAfterMs: 2,
    });
  });

  it('names the fields that were wrong', () => {
    const errors = [{ field: 'reference', detail: 'must be a branch' }];
    expect(describer.describe(new InvalidRequest(errors))).toMatchObject({
      code: 'invalid_request',
      status: 400,
      errors,
    });
  });

  it('hands on what a feature says', () => {
    const described = describer.describe(new NotFoundException('There is no workflow of that id'));
    expect(described).toMatchObject({ code: 'not_found', status: 404, detail: 'There is no workflow of that id' });
  });

  it.each([new TypeError('password=hunter2'), 'password=hunter2', undefined])('says nothing of a bug: %p', (thrown) => {
    const described = describer.describe(thrown);
    expect(described).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(described)).not.toContain('hunter2');
  });
});
