import { Controller, Module, Post } from '@nestjs/common';

@Controller({ path: 'writes', version: '1' })
class WritesController {
  @Post()
  write(): { written: true } {
    return { written: true };
  }
}

/** `POST /api/v1/writes`: a write for users. */
@Module({ controllers: [WritesController] })
export class WritingModule {}
