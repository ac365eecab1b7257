import { getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { JobLog } from './jobs.dto.ts';

/** The two forms of a log, for the documentation; the controller has to name `JobLog` among the extra models. */
export const LOG_CONTENT: ApiResponseOptions = {
  description: 'Lines in the order they were written.',
  content: {
    'application/json': { schema: { $ref: getSchemaPath(JobLog) } },
    'text/plain': { schema: { type: 'string' }, example: 'npm ci\nadded 512 packages\n' },
  },
};
