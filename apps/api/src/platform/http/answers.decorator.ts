import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/**
 * What a route answers: its status, and the schema from the shared contract. The answer is shaped by the schema (what it
 * does not name never leaves the server) and the published API description shows it.
 */
export function Answers(schema: z.ZodType, { status = 200 }: { status?: number } = {}): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, standardSchema: schema, description: '' }),
  );
}
