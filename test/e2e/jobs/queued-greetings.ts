import { Injectable, Module } from '@nestjs/common';
import { IsString } from 'class-validator';
import { BackgroundOperation, type BackgroundAttempt } from '../../../src/outbound/index.ts';

class Greeting {
  @IsString()
  name!: string;
}

/** Operations that stay inside the process. */
@Injectable()
export class Greetings {
  readonly made: string[] = [];

  @BackgroundOperation({ name: 'test.greet', input: Greeting, access: 'internal', repeatable: 'always' })
  greet({ name }: Greeting, { attempt }: BackgroundAttempt): Promise<unknown> {
    this.made.push(name);
    return Promise.resolve({ greeting: `Hello ${name}`, attempt });
  }
}

@Module({ providers: [Greetings] })
export class GreetingsModule {}
