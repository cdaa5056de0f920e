import type { IncomingMessage } from 'node:http';
import { Body, Controller, Post, Req } from '@nestjs/common';
import {
  type IntakeAnswer,
  intakeAnswerSchema,
  type SegmentBatch,
  type SegmentMessage,
  segmentBatchSchema,
  segmentMessageSchema,
} from '@steward/shared/intake';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import type { Actor } from '../../platform/auth/principal.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { hasPlainTexts } from '../../platform/http/json-body.js';
import { IntakeService, type SentBody } from './intake.service.js';

/** Where Segment's libraries send, under their own paths too. */
@Controller(['api/v1', 'v1'])
@Access({ roles: ['admin'], scopes: ['facts:write'] })
export class SegmentController {
  constructor(private readonly intake: IntakeService) {}

  @Post('identify')
  @Answers(intakeAnswerSchema)
  identify(@CurrentActor() actor: Actor, @Body({ schema: segmentMessageSchema }) message: SegmentMessage) {
    return this.one(message, 'identify', actor);
  }

  @Post('group')
  @Answers(intakeAnswerSchema)
  group(@CurrentActor() actor: Actor, @Body({ schema: segmentMessageSchema }) message: SegmentMessage) {
    return this.one(message, 'group', actor);
  }

  @Post('track')
  @Answers(intakeAnswerSchema)
  track(@CurrentActor() actor: Actor, @Body({ schema: segmentMessageSchema }) message: SegmentMessage) {
    return this.one(message, 'track', actor);
  }

  /** Answers item by item: one that cannot be taken does not stop the rest. */
  @Post('batch')
  @Answers(intakeAnswerSchema)
  batch(
    @CurrentActor() actor: Actor,
    @Body({ schema: segmentBatchSchema }) batch: SegmentBatch,
    @Req() request: IncomingMessage,
  ) {
    return this.intake.takeMessages(batch.batch, null, actor, sentBody(request));
  }

  private async one(message: SegmentMessage, type: string, actor: Actor): Promise<IntakeAnswer> {
    const answer = await this.intake.takeMessages([message], type, actor);
    const refusal = answer.items.find(({ status }) => status === 'rejected');
    if (!refusal) return answer;
    const said = refusal.message ?? 'The message cannot be taken.';
    throw new InvalidInput(
      said,
      [{ path: refusal.path ?? '', code: refusal.code ?? undefined, message: said }],
      refusal.code ?? undefined,
    );
  }
}

function sentBody(request: IncomingMessage): SentBody {
  const { 'content-length': length, 'content-encoding': encoding } = request.headers;
  const bytes = length === undefined || encoding !== undefined ? null : Number(length);
  return { bytes, plain: hasPlainTexts(request) };
}
