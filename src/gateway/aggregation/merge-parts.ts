import { UpstreamError } from '../../outbound/index.ts';
import type { PartAnswer } from './ask-part.ts';

/**
 * Writes one JSON object of all parts, `missing` naming those that are null for want of an answer. What was asked for as
 * optional goes missing, too, when it finds no room beside the rest.
 * @param maxBytes of all parts together
 * @throws UpstreamError when the required ones alone are larger
 */
export const mergeParts = (answers: readonly PartAnswer[], maxBytes: number): Buffer => {
  const taken = takeWhatFits(answers, maxBytes);
  const pieces: Buffer[] = [];
  const missing: string[] = [];
  for (const answer of answers) {
    const { key } = answer.part.options;
    const isTaken = taken.has(answer);
    pieces.push(Buffer.from(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`));
    pieces.push(isTaken ? answer.body! : NULL);
    if (!isTaken) missing.push(key);
  }
  pieces.push(Buffer.from(`,"missing":${JSON.stringify(missing)}}`));
  return Buffer.concat(pieces);
};

const NULL = Buffer.from('null');

const takeWhatFits = (answers: readonly PartAnswer[], maxBytes: number): ReadonlySet<PartAnswer> => {
  const taken = new Set<PartAnswer>();
  let left = maxBytes;
  const isRequired = ({ part }: PartAnswer): boolean => part.options.required;
  const inTurn = [...answers.filter(isRequired), ...answers.filter((answer) => !isRequired(answer))];
  for (const answer of inTurn) {
    if (answer.body === undefined) continue;
    if (answer.body.length <= left) {
      taken.add(answer);
      left -= answer.body.length;
    } else if (isRequired(answer)) throw tooLarge(answer, maxBytes);
  }
  return taken;
};

const tooLarge = ({ part }: PartAnswer, maxBytes: number): UpstreamError =>
  new UpstreamError({
    code: 'upstream_invalid_answer',
    provider: part.target.provider.name,
    operation: part.operation.name,
    reason: `the answer is larger than ${maxBytes} bytes with those it is merged with`,
    transient: false,
  });
