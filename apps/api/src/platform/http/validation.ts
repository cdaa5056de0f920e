import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type ErrorDetail, InvalidInput } from '../errors/app-error.js';

type Issue = { message: string; path?: readonly unknown[] | undefined; code?: string };

const MOST_DETAILS = 100;

/**
 * Takes names as they come. The framework's own pipe drops keys such as `constructor` from any depth without a word, and
 * so a customer's attribute of that name; what may not be kept is refused by whoever reads it.
 */
class ValidationPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {}
}

/**
 * Checks what a route declares with `@Body({ schema })`, `@Query({ schema })` or `@Param({ schema })` and hands it the
 * parsed value. Own routes use strict objects, so an unknown key is refused by name.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new ValidationPipe({
    transform: true,
    exceptionFactory: (issues) => invalidInput(issues as readonly Issue[]),
  });
}

/** Issues of a zod schema as the API tells them. */
export function invalidInput(issues: readonly Issue[]): InvalidInput {
  const details = issues.slice(0, MOST_DETAILS).map(detailOf);
  const [first] = details;
  const where = first?.path ? `${first.path}: ` : '';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new InvalidInput(`${where}${first?.message ?? 'The request is not valid'}${more}`, details);
}

function detailOf({ message, path, code }: Issue): ErrorDetail {
  return { path: (path ?? []).map(segmentOf).join('.'), ...(code && { code }), message };
}

function segmentOf(segment: unknown): string {
  return String(typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment);
}
