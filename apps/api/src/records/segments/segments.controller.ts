import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CopySegment,
  type CreateSegment,
  copySegmentSchema,
  createSegmentSchema,
  type Exclude,
  excludeSchema,
  exclusionListSchema,
  type SegmentEventsQuery,
  type SegmentMembersQuery,
  segmentDetailSchema,
  segmentEventsQuerySchema,
  segmentEventsSchema,
  segmentListSchema,
  segmentMembersQuerySchema,
  segmentMembersSchema,
  segmentSchema,
  segmentSizesQuerySchema,
  segmentSizesSchema,
  segmentWhyQuerySchema,
  segmentWhySchema,
  type UpdateSegment,
  updateSegmentSchema,
} from '@steward/shared/segments';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { ExclusionsService } from './exclusions.service.js';
import { HistoryService } from './history.service.js';
import { MembersService } from './members.service.js';
import type { Person } from './segment-changes.js';
import { SegmentsService } from './segments.service.js';

const TO_READ = { roles: rolesWith('accounts:read'), scopes: ['accounts:read'] } as const;
const TO_WRITE = { roles: rolesWith('segments:write') };

@Controller('api/v1/segments')
export class SegmentsController {
  constructor(
    private readonly segments: SegmentsService,
    private readonly members: MembersService,
    private readonly excluded: ExclusionsService,
    private readonly history: HistoryService,
  ) {}

  @Get()
  @Access(TO_READ)
  @Answers(segmentListSchema)
  list(@CurrentPrincipal() principal: Principal) {
    return this.members.list(principal);
  }

  @Post()
  @Access(TO_WRITE)
  @Answers(segmentSchema, { status: 201 })
  create(@CurrentPrincipal() person: Person, @Body({ schema: createSegmentSchema }) given: CreateSegment) {
    return this.segments.create(person, given);
  }

  @Get(':segmentId')
  @Access(TO_READ)
  @Answers(segmentDetailSchema)
  get(@CurrentPrincipal() principal: Principal, @Param('segmentId', { schema: idSchema }) segmentId: string) {
    return this.segments.get(principal, segmentId);
  }

  @Patch(':segmentId')
  @Access(TO_WRITE)
  @Answers(segmentSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Body({ schema: updateSegmentSchema }) change: UpdateSegment,
  ) {
    return this.segments.update(person, segmentId, change);
  }

  @Delete(':segmentId')
  @Access(TO_WRITE)
  @Answers(segmentSchema)
  remove(@CurrentPrincipal() person: Person, @Param('segmentId', { schema: idSchema }) segmentId: string) {
    return this.segments.remove(person, segmentId);
  }

  @Post(':segmentId/copy')
  @Access(TO_WRITE)
  @Answers(segmentSchema, { status: 201 })
  copy(
    @CurrentPrincipal() person: Person,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Body({ schema: copySegmentSchema }) { name }: CopySegment,
  ) {
    return this.segments.copy(person, segmentId, name);
  }

  @Get(':segmentId/members')
  @Access(TO_READ)
  @Answers(segmentMembersSchema)
  membersOf(
    @CurrentPrincipal() principal: Principal,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Query({ schema: segmentMembersQuerySchema }) page: SegmentMembersQuery,
  ) {
    return this.members.members(principal, segmentId, page);
  }

  @Get(':segmentId/why/:accountId')
  @Access(TO_READ)
  @Answers(segmentWhySchema)
  why(
    @CurrentPrincipal() principal: Principal,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Query({ schema: segmentWhyQuerySchema }) { contact }: { contact?: string },
  ) {
    return this.members.why(principal, segmentId, accountId, contact);
  }

  @Get(':segmentId/events')
  @Access(TO_READ)
  @Answers(segmentEventsSchema)
  events(
    @CurrentPrincipal() principal: Principal,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Query({ schema: segmentEventsQuerySchema }) query: SegmentEventsQuery,
  ) {
    return this.history.events(principal, segmentId, query);
  }

  @Get(':segmentId/sizes')
  @Access(TO_READ)
  @Answers(segmentSizesSchema)
  sizes(
    @CurrentPrincipal() principal: Principal,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Query({ schema: segmentSizesQuerySchema }) { from }: { from?: string },
  ) {
    return this.history.sizes(principal, segmentId, from);
  }

  @Get(':segmentId/exclusions')
  @Access(TO_READ)
  @Answers(exclusionListSchema)
  exclusions(@CurrentPrincipal() principal: Principal, @Param('segmentId', { schema: idSchema }) segmentId: string) {
    return this.excluded.list(principal, segmentId);
  }

  @Put(':segmentId/exclusions/:accountId')
  @Access(TO_WRITE)
  @HttpCode(204)
  exclude(
    @CurrentPrincipal() person: Person,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: excludeSchema }) exclusion: Exclude,
  ) {
    return this.excluded.exclude(person, segmentId, accountId, exclusion);
  }

  @Delete(':segmentId/exclusions/:accountId')
  @Access(TO_WRITE)
  @HttpCode(204)
  readmit(
    @CurrentPrincipal() person: Person,
    @Param('segmentId', { schema: idSchema }) segmentId: string,
    @Param('accountId', { schema: idSchema }) accountId: string,
  ) {
    return this.excluded.readmit(person, segmentId, accountId);
  }
}
