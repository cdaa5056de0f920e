import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  checkAnswerSchema,
  checkStagesSchema,
  checkTiersSchema,
  type DiffQuery,
  diffQuerySchema,
  discardDraftQuerySchema,
  modelDiffSchema,
  type PublishDraft,
  publishDraftSchema,
  type RollBack,
  rollBackSchema,
  saveStageDraftSchema,
  saveTierDraftSchema,
  stageDraftAnswerSchema,
  stageVersionSchema,
  tierDraftAnswerSchema,
  tierVersionSchema,
  versionEntrySchema,
  versionListSchema,
} from '@steward/shared/model-versions';
import { z } from 'zod';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { DraftsService } from './drafts.service.js';
import type { Person } from './model-changes.js';
import { VersionsService } from './versions.service.js';

const TO_READ = { roles: rolesWith('model:read') };
const TO_WRITE = { roles: rolesWith('model:write') };
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** The same routes for both sets: what they say differs by its schemas alone. */
const SETS = {
  tiers: {
    save: saveTierDraftSchema,
    check: checkTiersSchema,
    draft: tierDraftAnswerSchema,
    version: tierVersionSchema,
  },
  stages: {
    save: saveStageDraftSchema,
    check: checkStagesSchema,
    draft: stageDraftAnswerSchema,
    version: stageVersionSchema,
  },
} as const;

function versionsOf(part: keyof typeof SETS) {
  const place = { part, subject: '' };
  const schemas = SETS[part];

  abstract class SetVersionsController {
    constructor(
      readonly drafts: DraftsService,
      readonly versions: VersionsService,
    ) {}

    @Get('draft')
    @Access(TO_READ)
    @Answers(schemas.draft)
    draft() {
      return this.drafts.get(place);
    }

    @Put('draft')
    @Access(TO_WRITE)
    @Answers(schemas.draft)
    save(@CurrentPrincipal() person: Person, @Body({ schema: schemas.save }) draft: z.infer<typeof schemas.save>) {
      return this.drafts.save(person, place, draft);
    }

    @Delete('draft')
    @Access(TO_WRITE)
    @HttpCode(204)
    discard(
      @CurrentPrincipal() person: Person,
      @Query({ schema: discardDraftQuerySchema }) { revision }: { revision: number },
    ) {
      return this.drafts.discard(person, place, revision);
    }

    @Post('check')
    @HttpCode(200)
    @Access(TO_WRITE)
    @Answers(checkAnswerSchema)
    check(@Body({ schema: schemas.check }) { body }: { body: unknown }) {
      return this.drafts.check(place, body);
    }

    @Post('publish')
    @HttpCode(200)
    @Access(TO_WRITE)
    @Answers(versionEntrySchema)
    publish(@CurrentPrincipal() person: Person, @Body({ schema: publishDraftSchema }) how: PublishDraft) {
      return this.versions.publish(person, place, how);
    }

    @Get('versions')
    @Access(TO_READ)
    @Answers(versionListSchema)
    list() {
      return this.versions.list(place);
    }

    @Get('versions/:version')
    @Access(TO_READ)
    @Answers(schemas.version)
    version(@Param('version', { schema: versionNumber }) version: number) {
      return this.versions.get(place, version);
    }

    @Post('versions/:version/roll-back')
    @HttpCode(200)
    @Access(TO_WRITE)
    @Answers(versionEntrySchema)
    rollBack(
      @CurrentPrincipal() person: Person,
      @Param('version', { schema: versionNumber }) version: number,
      @Body({ schema: rollBackSchema }) how: RollBack,
    ) {
      return this.versions.rollBack(person, place, version, how);
    }

    @Get('diff')
    @Access(TO_READ)
    @Answers(modelDiffSchema)
    diff(@Query({ schema: diffQuerySchema }) query: DiffQuery) {
      return this.versions.diff(place, query);
    }
  }
  return SetVersionsController;
}

@Controller('api/v1/tiers')
export class TierVersionsController extends versionsOf('tiers') {
  constructor(drafts: DraftsService, versions: VersionsService) {
    super(drafts, versions);
  }
}

@Controller('api/v1/stages')
export class StageVersionsController extends versionsOf('stages') {
  constructor(drafts: DraftsService, versions: VersionsService) {
    super(drafts, versions);
  }
}
