import { brokenFraming } from './broken-framing.ts';
import type { Fault, Faults } from './fault.ts';
import { oversized } from './oversized.ts';
import { refusals } from './refusals.ts';
import { resets } from './resets.ts';
import { soundAnswers } from './sound-answers.ts';
import { stalls } from './stalls.ts';
import { wrongContent } from './wrong-content.ts';

const ALL: Faults = {
  ...soundAnswers,
  ...resets,
  ...stalls,
  ...brokenFraming,
  ...wrongContent,
  ...oversized,
  ...refusals,
};

export const FAULT_NAMES: readonly string[] = Object.keys(ALL);

const unknownFault: Fault = (exchange) =>
  exchange.answer(404, { 'Content-Type': 'text/plain' }, `No such fault; there are /${FAULT_NAMES.join(' /')}`);

export function faultFor(name: string): Fault {
  return ALL[name] ?? unknownFault;
}
