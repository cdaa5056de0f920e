import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { HANDLES } from './handles.decorator.js';
import type { Handler } from './job-handlers.js';

/** Finds the methods marked with `@Handles` among everything that the modules provide. */
@Injectable()
export class FindHandlers {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  all(): { job: string; where: string; handler: Handler }[] {
    return this.discovery.getProviders().flatMap(({ instance }) => {
      const object = instance as Record<string, Handler> | null;
      if (!object || typeof object !== 'object') return [];
      const prototype = Object.getPrototypeOf(object);
      if (!prototype || prototype === Object.prototype) return [];
      return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
        const marked = prototype[method];
        const job = typeof marked === 'function' ? this.reflector.get<string>(HANDLES, marked) : undefined;
        if (job === undefined) return [];
        return [{ job, where: `${object.constructor.name}.${method}`, handler: marked.bind(object) as Handler }];
      });
    });
  }
}
