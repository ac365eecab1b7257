import { OperationProcessingError, UnsupportedOperationError } from 'oauth4webapi';
import { UpstreamError } from '../../outbound/index.ts';
import type { AuthorizationOperation } from './authorization.provider.ts';

const provider = 'authorization';

/** The server's answer cannot be used. The reason is ours, or of a fixed set: it repeats nothing of the answer. */
export const invalidAnswer = (operation: AuthorizationOperation, reason: string): UpstreamError =>
  new UpstreamError({ code: 'upstream_invalid_answer', provider, operation, reason, transient: false });

export const notConfigured = (operation: AuthorizationOperation, reason: string): UpstreamError =>
  new UpstreamError({ code: 'not_configured', provider, operation, reason, sent: false, transient: false });

/** The server answered with an OAuth error (RFC 6749 §5.2). Its description is left out: it may repeat what was sent. */
export class ErrorAnswer extends UpstreamError {
  constructor(
    operation: AuthorizationOperation,
    status: number,
    /** Such as `invalid_grant`; undefined when the answer names none. */
    readonly error: string | undefined,
  ) {
    const reason = `status ${status}${error === undefined ? '' : `, ${error}`}`;
    super({ code: 'upstream_rejected', provider, operation, reason, status, transient: false });
    this.name = 'ErrorAnswer';
  }
}

/** Error codes as they are registered: a word, so that nothing else gets into reasons and logs. */
const CODE = /^[a-z][a-z\d_]{0,63}$/;

export const toErrorCode = (error: unknown): string | undefined =>
  typeof error === 'string' && CODE.test(error) ? error : undefined;

export const toErrorAnswer = async (operation: AuthorizationOperation, response: Response): Promise<ErrorAnswer> => {
  const answer: unknown = await response.json().catch(() => undefined);
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  return new ErrorAnswer(operation, response.status, toErrorCode(error));
};

/** The library's errors carry whole answers, tokens included, as their cause: only their fixed text is kept. */
export const fromLibrary = (operation: AuthorizationOperation, error: unknown): unknown =>
  error instanceof OperationProcessingError || error instanceof UnsupportedOperationError
    ? invalidAnswer(operation, error.message)
    : error;
