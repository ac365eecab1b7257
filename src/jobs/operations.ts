import type { Type } from '@nestjs/common';
import type { BackgroundAttempt, BackgroundOperationOptions } from '../outbound/index.ts';

/** A declared operation. */
export interface DeclaredOperation extends BackgroundOperationOptions {
  readonly input: Type<object>;
  run(input: object, attempt: BackgroundAttempt): Promise<unknown>;
}

/** What may be called in the background: every method marked `@BackgroundOperation`, found when the application starts. */
export abstract class Operations {
  abstract find(name: string): DeclaredOperation | undefined;

  abstract all(): readonly DeclaredOperation[];
}
