import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from './access.decorator.js';

export interface DeclaredRoute {
  method: string;
  /** With parameters as `:name`, without the global prefix. */
  path: string;
  handler: string;
  /** Null for a route that does not say who may call it. */
  access: RouteAccess | null;
}

function pathsOf(target: object): string[] {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
  return (Array.isArray(path) ? path : [path ?? '']).map(String);
}

function joined(...parts: string[]): string {
  return `/${parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .join('/')}`;
}

/** Every route of every controller of the application, with what it declares about who may call it. */
export function declaredRoutes(discovery: DiscoveryService, scanner: MetadataScanner): DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  for (const { metatype } of discovery.getControllers()) {
    if (typeof metatype !== 'function') continue;
    for (const name of scanner.getAllMethodNames(metatype.prototype)) {
      const handler = metatype.prototype[name] as object;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      const access = (Reflect.getMetadata(ROUTE_ACCESS, handler) ?? Reflect.getMetadata(ROUTE_ACCESS, metatype)) as
        | RouteAccess
        | undefined;
      for (const base of pathsOf(metatype)) {
        for (const path of pathsOf(handler)) {
          routes.push({
            method: RequestMethod[method] ?? 'ALL',
            path: joined(base, path),
            handler: `${metatype.name}.${name}`,
            access: access ?? null,
          });
        }
      }
    }
  }
  return routes;
}
