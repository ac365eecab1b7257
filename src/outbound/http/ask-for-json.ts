import type { Clock } from '../../platform/clock.ts';
import { toStatusError } from '../errors/answer-errors.ts';
import { toFailureCode } from '../errors/status-failure.ts';
import type { Provider } from '../provider.ts';
import { newReceipt } from '../telemetry/new-receipt.ts';
import type { Reply } from './call.ts';
import type { RelayedRequest } from './relayed-request.ts';
import { toSoundJson } from './sound-json.ts';

export interface JsonRequest extends RelayedRequest {
  /** Told of the answer before it is judged: its status may be any. */
  readonly noteReply: (reply: Reply) => void;
}

/**
 * Passes a request on whose answer is wanted whole and decoded; so its headers have no `accept-encoding`.
 * @returns the body: JSON in UTF-8, as it came
 * @throws UpstreamError, or what `signal` was aborted with
 */
export const askForJson = async (provider: Provider, asked: JsonRequest, clock: Clock): Promise<Buffer> => {
  const { noteReply, ...request } = asked;
  const { name, origin = '', explainFailure: explain } = provider;
  const call = { ...request, provider: name, origin, receipt: newReceipt({ ...request, provider: name }, clock.now()) };
  const read = (reply: Reply): Buffer => {
    noteReply(reply);
    if (toFailureCode(reply.status) !== undefined) throw toStatusError(call, reply, { explain, clock });
    return toSoundJson(call, reply);
  };
  const { value } = await provider.send({ ...call, read });
  return value as Buffer;
};
