import { InputTooLarge, type NewCall } from './background-calls.ts';
import type { CallOrigin, CallRecord } from './call-record.ts';

const MAX_INPUT_BYTES = 65_536;

interface Facts {
  readonly id: string;
  /** In ms since 1970. */
  readonly now: number;
  readonly origin?: CallOrigin | undefined;
}

/** A call that was never attempted. @throws InputTooLarge */
export const toNewCallRecord = (
  { operation, input, owner, room, delayMs = 0 }: NewCall,
  { id, now, origin }: Facts,
): CallRecord => {
  const json = JSON.stringify(input);
  if (Buffer.byteLength(json) > MAX_INPUT_BYTES) throw new InputTooLarge(MAX_INPUT_BYTES);
  const dueAt = now + delayMs;
  return {
    id,
    operation,
    input: JSON.parse(json) as object,
    owner: owner && toOwner(owner),
    ...(room !== undefined && { room }),
    state: 'queued',
    attempts: 0,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    nextAttemptAt: delayMs > 0 ? dueAt : null,
    isSending: false,
    isCancelRequested: false,
    ...(delayMs > 0 && { dueAt }),
    ...(origin && { origin: { traceId: origin.traceId, spanId: origin.spanId } }),
  };
};

/** A caller is an owner, too, but nothing else of it is to be kept: least of all the token. */
const toOwner = ({ issuer, subject, clientId }: NonNullable<NewCall['owner']>): NonNullable<NewCall['owner']> => ({
  issuer,
  subject,
  ...(clientId !== undefined && { clientId }),
});
