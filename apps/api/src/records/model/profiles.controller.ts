import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateProfile,
  checkAnswerSchema,
  checkProfileSchema,
  createProfileSchema,
  type DiffQuery,
  deleteProfileQuerySchema,
  diffQuerySchema,
  discardDraftQuerySchema,
  modelDiffSchema,
  type OrderProfiles,
  orderProfilesSchema,
  type PublishDraft,
  profileDraftAnswerSchema,
  profileEntrySchema,
  profileListSchema,
  profileVersionSchema,
  publishDraftSchema,
  type RollBack,
  rollBackSchema,
  saveProfileDraftSchema,
  type UpdateProfile,
  updateProfileSchema,
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
import { ProfilesService } from './profiles.service.js';
import type { ModelPlace } from './versions.repository.js';
import { VersionsService } from './versions.service.js';

const TO_READ = { roles: rolesWith('model:read') };
const TO_WRITE = { roles: rolesWith('model:write') };
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
const placeOf = (subject: string): ModelPlace => ({ part: 'health', subject });

@Controller('api/v1/health-profiles')
export class ProfilesController {
  constructor(
    private readonly profiles: ProfilesService,
    private readonly drafts: DraftsService,
    private readonly versions: VersionsService,
  ) {}

  @Get('all')
  @Access(TO_READ)
  @Answers(profileListSchema)
  all() {
    return this.profiles.list();
  }

  @Post()
  @Access(TO_WRITE)
  @Answers(profileEntrySchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createProfileSchema }) given: CreateProfile) {
    return this.profiles.create(person, given);
  }

  @Put('order')
  @Access(TO_WRITE)
  @Answers(profileListSchema)
  order(@CurrentPrincipal() person: Person, @Body({ schema: orderProfilesSchema }) given: OrderProfiles) {
    return this.profiles.order(person, given);
  }

  @Patch(':profileId')
  @Access(TO_WRITE)
  @Answers(profileEntrySchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Body({ schema: updateProfileSchema }) given: UpdateProfile,
  ) {
    return this.profiles.update(person, id, given);
  }

  @Delete(':profileId')
  @Access(TO_WRITE)
  @HttpCode(204)
  remove(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Query({ schema: deleteProfileQuerySchema }) { revision }: { revision: number },
  ) {
    return this.profiles.remove(person, id, revision);
  }

  @Get(':profileId/draft')
  @Access(TO_READ)
  @Answers(profileDraftAnswerSchema)
  draft(@Param('profileId', { schema: idSchema }) id: string) {
    return this.drafts.get(placeOf(id));
  }

  @Put(':profileId/draft')
  @Access(TO_WRITE)
  @Answers(profileDraftAnswerSchema)
  save(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Body({ schema: saveProfileDraftSchema }) draft: z.infer<typeof saveProfileDraftSchema>,
  ) {
    return this.drafts.save(person, placeOf(id), draft);
  }

  @Delete(':profileId/draft')
  @Access(TO_WRITE)
  @HttpCode(204)
  discard(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Query({ schema: discardDraftQuerySchema }) { revision }: { revision: number },
  ) {
    return this.drafts.discard(person, placeOf(id), revision);
  }

  @Post(':profileId/check')
  @HttpCode(200)
  @Access(TO_WRITE)
  @Answers(checkAnswerSchema)
  check(
    @Param('profileId', { schema: idSchema }) id: string,
    @Body({ schema: checkProfileSchema }) { body }: { body: unknown },
  ) {
    return this.drafts.check(placeOf(id), body);
  }

  @Post(':profileId/publish')
  @HttpCode(200)
  @Access(TO_WRITE)
  @Answers(versionEntrySchema)
  publish(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Body({ schema: publishDraftSchema }) how: PublishDraft,
  ) {
    return this.versions.publish(person, placeOf(id), how);
  }

  @Get(':profileId/versions')
  @Access(TO_READ)
  @Answers(versionListSchema)
  list(@Param('profileId', { schema: idSchema }) id: string) {
    return this.versions.list(placeOf(id));
  }

  @Get(':profileId/versions/:version')
  @Access(TO_READ)
  @Answers(profileVersionSchema)
  version(
    @Param('profileId', { schema: idSchema }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
  ) {
    return this.versions.get(placeOf(id), version);
  }

  @Post(':profileId/versions/:version/roll-back')
  @HttpCode(200)
  @Access(TO_WRITE)
  @Answers(versionEntrySchema)
  rollBack(
    @CurrentPrincipal() person: Person,
    @Param('profileId', { schema: idSchema }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Body({ schema: rollBackSchema }) how: RollBack,
  ) {
    return this.versions.rollBack(person, placeOf(id), version, how);
  }

  @Get(':profileId/diff')
  @Access(TO_READ)
  @Answers(modelDiffSchema)
  diff(@Param('profileId', { schema: idSchema }) id: string, @Query({ schema: diffQuerySchema }) query: DiffQuery) {
    return this.versions.diff(placeOf(id), query);
  }
}
