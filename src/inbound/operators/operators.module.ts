import { Global, Module } from '@nestjs/common';
import { OperatorSessions } from './operator-sessions.ts';
import { Operators } from './operators.ts';

/** Who the people on call are, to be asked everywhere. */
@Global()
@Module({ providers: [Operators, OperatorSessions], exports: [Operators, OperatorSessions] })
export class OperatorsModule {}
