import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../inbound/authentication/current-caller.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { Me } from './me.dto.ts';
import { toMe } from './to-me.ts';

@ApiTags('me')
@Controller({ path: 'me', version: '1' })
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who you are to this API' })
  @ApiOkResponse({ type: Me })
  getMe(@CurrentCaller() caller: Caller): Me {
    return toMe(caller);
  }
}
