import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { declaredRoutes } from './routes.js';

/** The process does not start while a route does not say who may call it. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const undeclared = declaredRoutes(this.discovery, this.scanner).filter((route) => route.access === null);
    if (undeclared.length === 0) return;
    const names = undeclared.map((route) => `${route.method} ${route.path} (${route.handler})`);
    throw new Error(`Routes without @Access or @Public: ${names.join(', ')}`);
  }
}
