import { Injectable } from '@nestjs/common';
import { PROBLEMS, type Problem } from './problem.ts';
import { toProblemParts } from './to-problem.ts';

/** The members of a problem that belong to no request. */
type DescribedFailure = Omit<Problem, 'type' | 'instance' | 'requestId'>;

/** Says of what was thrown in the background what a request would have been answered: neither more nor in other words. */
@Injectable()
export class ProblemDescriber {
  describe(error: unknown): DescribedFailure {
    const { code, status, detail, ...rest } = toProblemParts(error);
    return { code, status, title: PROBLEMS[code].title, detail, ...rest };
  }
}
