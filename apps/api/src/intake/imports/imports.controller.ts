import { Body, Controller, Delete, Get, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  importDetailSchema,
  importListSchema,
  importPreviewSchema,
  type PreviewQuery,
  previewQuerySchema,
  type SetMapping,
  savedMappingListSchema,
  setMappingSchema,
  type UploadQuery,
  uploadQuerySchema,
} from '@steward/shared/import-api';
import type { Request } from 'express';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { importerOf } from './importer.js';
import { ImportsService } from './imports.service.js';
import { RejectedRows } from './rejected-rows.js';

@Controller('api/v1/imports')
@Access({ roles: rolesWith('imports:write'), scopes: ['imports:write'] })
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly rejected: RejectedRows,
  ) {}

  @Get()
  @Answers(importListSchema)
  list(@CurrentPrincipal() principal: Principal) {
    return this.imports.list(importerOf(principal));
  }

  /** The file is the body, or the one file of a multipart form. */
  @Post()
  @Answers(importDetailSchema, { status: 201 })
  upload(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: uploadQuerySchema }) query: UploadQuery,
    @Req() request: Request,
  ) {
    return this.imports.upload(request, query, importerOf(principal));
  }

  @Get(':importId')
  @Answers(importDetailSchema)
  detail(@CurrentPrincipal() principal: Principal, @Param('importId', { schema: idSchema }) importId: string) {
    return this.imports.detail(importId, importerOf(principal));
  }

  @Get(':importId/preview')
  @Answers(importPreviewSchema)
  preview(
    @CurrentPrincipal() principal: Principal,
    @Param('importId', { schema: idSchema }) importId: string,
    @Query({ schema: previewQuerySchema }) query: PreviewQuery,
  ) {
    return this.imports.preview(importId, query.kind ?? null, importerOf(principal));
  }

  @Put(':importId/mapping')
  @Answers(importDetailSchema)
  setMapping(
    @CurrentPrincipal() principal: Principal,
    @Param('importId', { schema: idSchema }) importId: string,
    @Body({ schema: setMappingSchema }) mapping: SetMapping,
  ) {
    return this.imports.setMapping(importId, mapping, importerOf(principal));
  }

  @Post(':importId/dry-run')
  @Answers(importDetailSchema, { status: 202 })
  check(@CurrentPrincipal() principal: Principal, @Param('importId', { schema: idSchema }) importId: string) {
    return this.imports.check(importId, importerOf(principal));
  }

  @Post(':importId/run')
  @Answers(importDetailSchema, { status: 202 })
  run(@CurrentPrincipal() principal: Principal, @Param('importId', { schema: idSchema }) importId: string) {
    return this.imports.run(importId, importerOf(principal));
  }

  @Post(':importId/cancel')
  @Answers(importDetailSchema)
  cancel(@CurrentPrincipal() principal: Principal, @Param('importId', { schema: idSchema }) importId: string) {
    return this.imports.cancel(importId, importerOf(principal));
  }

  /** The rejected rows with their original columns and why: to be mended and imported again. */
  @Get(':importId/rejected.csv')
  async rejectedRows(
    @CurrentPrincipal() principal: Principal,
    @Param('importId', { schema: idSchema }) importId: string,
  ): Promise<StreamableFile> {
    // Said with the file and not on the route, so that a refusal stays JSON.
    return new StreamableFile(await this.rejected.asFile(importId, importerOf(principal)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="rejected.csv"',
    });
  }
}

@Controller('api/v1/import-mappings')
@Access({ roles: rolesWith('imports:write'), scopes: ['imports:write'] })
export class SavedMappingsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @Answers(savedMappingListSchema)
  list() {
    return this.imports.savedMappings();
  }

  @Delete(':mappingId')
  @Answers(savedMappingListSchema)
  drop(@Param('mappingId', { schema: idSchema }) mappingId: string) {
    return this.imports.dropMapping(mappingId);
  }
}
