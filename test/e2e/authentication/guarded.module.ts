import { All, Controller, Get, Module, Query } from '@nestjs/common';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { CurrentCaller } from '../../../src/inbound/authentication/current-caller.ts';
import { Scopes } from '../../../src/inbound/authentication/scopes.ts';
import { OperatorsOnly } from '../../../src/inbound/operators/operators.guard.ts';
import type { Caller } from '../../../src/platform/context/caller.ts';

/** Says nothing about who may enter. */
@Controller({ path: 'guarded', version: '1' })
class GuardedController {
  @All()
  greet(@CurrentCaller() { subject }: Caller): { subject: string } {
    return { subject };
  }

  @Get('fields')
  @Scopes('ci:read')
  read(): string {
    return 'read';
  }

  @Get('both')
  @Scopes('ci:read', 'ci:write')
  readAndWrite(): string {
    return 'read and written';
  }

  @Get('open')
  @Public()
  open(@Query('access_token') token?: string): string {
    return token ?? 'open';
  }

  @Get('nobody')
  @Public()
  greetNobody(@CurrentCaller() caller: Caller): string {
    return caller.subject;
  }

  @Get('on-call')
  @OperatorsOnly()
  onCall(): string {
    return 'on call';
  }
}

/** For writers only, if nothing else is said. */
@Scopes('ci:write')
@Controller({ path: 'written', version: '1' })
class WrittenController {
  @Get('plain')
  plain(): string {
    return 'plain';
  }

  @Get('stricter')
  @Scopes('ci:admin')
  stricter(): string {
    return 'stricter';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }
}

@Module({ controllers: [GuardedController, WrittenController] })
export class GuardedModule {}
