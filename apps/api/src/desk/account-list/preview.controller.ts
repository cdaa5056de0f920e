import { Body, Controller, Post } from '@nestjs/common';
import {
  type ParsedSegmentPreviewQuery,
  segmentPreviewQuerySchema,
  segmentPreviewSchema,
} from '@steward/shared/segment-preview';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { PreviewService } from './preview.service.js';

@Controller('api/v1/segments/preview')
@Access({ roles: rolesWith('accounts:read'), scopes: ['accounts:read'] })
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @Post()
  @Answers(segmentPreviewSchema)
  preview(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: segmentPreviewQuerySchema }) asked: ParsedSegmentPreviewQuery,
  ) {
    return this.previews.preview(principal, asked);
  }
}
