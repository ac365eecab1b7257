import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { InvalidRequest } from '../problems/invalid-request.ts';

/** What transforms and checks is recursive: a body nested beyond the stack is the caller's mistake, not ours. */
export class DepthProofPipe extends ValidationPipe {
  /** @throws InvalidRequest */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new InvalidRequest([{ field: metadata.type, detail: 'is nested too deeply' }]);
    }
  }
}
