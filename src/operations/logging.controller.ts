import { Body, Controller, Get, Put, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorsOnly } from '../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { LogLevels, type Logging } from './log-levels.ts';
import { LoggingChange, LoggingState } from './logging.dto.ts';

/** For when the log has to tell more for a while. */
@ApiTags('operations')
@OperatorsOnly()
@Controller({ path: 'ops/logging', version: VERSION_NEUTRAL })
export class LoggingController {
  constructor(private readonly levels: LogLevels) {}

  @Get()
  @ApiOperation({ summary: 'How talkative the log of this process is, for operators' })
  @ApiOkResponse({ type: LoggingState })
  find(): LoggingState {
    return toState(this.levels.current);
  }

  @Put()
  @ApiOperation({ summary: 'Have this process log more, or less, for good or for a while, for operators' })
  @ApiOkResponse({ type: LoggingState })
  @ApiProblems('invalid_request')
  change(@Body() { level, forS }: LoggingChange): LoggingState {
    return toState(this.levels.change(level, forS));
  }
}

const toState = ({ level, until }: Logging): LoggingState => ({
  level,
  ...(until && { until: new Date(until.at).toISOString(), after: until.level }),
});
