import { z } from 'zod';
import { isBearable } from './bearable-log.ts';
import { toLogLines } from './log-lines.ts';
import { isSafeLocation } from './safe-location.ts';
import type { SemaphoreJobLog } from './semaphore-shapes.ts';
import { anything, text } from './semaphore-fields.ts';
import { headerText } from './semaphore-header.ts';

const event = z.object({ event: z.string(), timestamp: anything, directive: text, output: text });

const here = z.object({ status: z.literal(200), body: z.object({ events: z.array(event).refine(isBearable) }) });

/** It carries its own permission: it is for our caller, and is neither followed nor written anywhere. */
const elsewhere = z.object({
  status: z.literal([301, 302, 303, 307, 308]),
  headers: z.object({ location: headerText.refine(isSafeLocation) }),
});

/** The log itself, or where it is; needs the answer `whole`. */
export const semaphoreJobLog = z
  .discriminatedUnion('status', [here, elsewhere])
  .transform((answer): SemaphoreJobLog =>
    answer.status === 200 ? { lines: toLogLines(answer.body.events) } : { location: answer.headers.location! },
  );
