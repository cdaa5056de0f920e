import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { ApiScope } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import type { Permission } from '@steward/shared/permissions';
import { type DeclaredRoute, declaredRoutes } from '../../../apps/api/src/platform/auth/routes.js';
import type { ApiServer } from '../../support/api-server.js';

/** Who holds a permission: said here a second time, so that a slip in the product's own list is noticed. */
export const ROLES_BY_PERMISSION: Record<Permission, readonly Role[]> = {
  'accounts:read': ['admin', 'manager', 'csm', 'am', 'viewer'],
  'accounts:edit': ['admin', 'manager', 'csm', 'am'],
  'accounts:assign': ['admin', 'manager'],
  'touchpoints:write': ['admin', 'manager', 'csm', 'am'],
  'imports:write': ['admin'],
  'facts:write': ['admin'],
  'segments:write': ['admin', 'manager', 'csm', 'am'],
  'alerts:triage': ['admin', 'manager', 'csm', 'am'],
  'alerts:write': ['admin', 'manager'],
  'goals:write': ['admin', 'manager', 'csm', 'am'],
  'playbooks:write': ['admin', 'manager'],
  'deals:write': ['admin', 'manager', 'csm', 'am'],
  'renewals:write': ['admin', 'manager', 'csm', 'am'],
  'model:read': ['admin', 'manager', 'csm', 'am', 'viewer'],
  'model:write': ['admin'],
  'stand-ins:write': ['admin', 'manager', 'csm', 'am'],
  'users:write': ['admin'],
  'api-keys:write': ['admin'],
  'workspace:write': ['admin'],
  'audit:read': ['admin'],
};

export interface Expected {
  /** The permission that opens it to people; `public` to anyone, `nobody` to API keys alone. */
  people: Permission | 'public' | 'nobody';
  /** The scopes of which a key needs one; without them no key may call it. */
  keys?: readonly ApiScope[];
}

const toRead: Expected = { people: 'accounts:read', keys: ['accounts:read'] };
const byIntake: Expected = { people: 'facts:write', keys: ['facts:write'] };
const ofFiles: Expected = { people: 'imports:write', keys: ['imports:write'] };

/** Every route of the product. One that is not here fails the test, and so does one that is gone. */
export const EXPECTED: Record<string, Expected> = {
  'GET /health/live': { people: 'public' },
  'GET /health/ready': { people: 'public' },

  'POST /api/v1/auth/sign-in': { people: 'public' },
  'POST /api/v1/auth/sign-out': { people: 'public' },
  'GET /api/v1/me': { people: 'accounts:read' },
  'POST /api/v1/me/password': { people: 'accounts:read' },

  'GET /api/v1/users': { people: 'accounts:read' },
  'POST /api/v1/users': { people: 'users:write' },
  'PATCH /api/v1/users/:userId': { people: 'users:write' },
  'GET /api/v1/users/:userId/stand-ins': { people: 'stand-ins:write' },
  'PUT /api/v1/users/:userId/stand-ins': { people: 'stand-ins:write' },
  'DELETE /api/v1/users/:userId/stand-ins/:standInId/:fromDay': { people: 'stand-ins:write' },

  'GET /api/v1/api-keys': { people: 'api-keys:write' },
  'POST /api/v1/api-keys': { people: 'api-keys:write' },
  'DELETE /api/v1/api-keys/:keyId': { people: 'api-keys:write' },

  'GET /api/v1/workspace': { people: 'model:read', keys: ['accounts:read'] },
  'PATCH /api/v1/workspace': { people: 'workspace:write' },
  'GET /api/v1/workspace/quiet-periods': { people: 'model:read' },
  'POST /api/v1/workspace/quiet-periods': { people: 'workspace:write' },
  'PATCH /api/v1/workspace/quiet-periods/:periodId': { people: 'workspace:write' },
  'DELETE /api/v1/workspace/quiet-periods/:periodId': { people: 'workspace:write' },
  'GET /api/v1/sample': { people: 'workspace:write' },
  'POST /api/v1/sample': { people: 'workspace:write' },
  'DELETE /api/v1/sample': { people: 'workspace:write' },
  'GET /api/v1/audit': { people: 'audit:read' },
  'GET /api/v1/live': { people: 'accounts:read' },
  'GET /api/v1/notifications': { people: 'accounts:read' },
  'POST /api/v1/notifications/read': { people: 'accounts:read' },
  'GET /api/v1/me/notification-preferences': { people: 'accounts:read' },
  'PUT /api/v1/me/notification-preferences': { people: 'accounts:read' },
  'GET /api/v1/deliveries': { people: 'workspace:write' },
  'POST /api/v1/deliveries/:accountId/:deliveryId/retry': { people: 'workspace:write' },
  'GET /api/v1/webhooks': { people: 'workspace:write' },
  'POST /api/v1/webhooks': { people: 'workspace:write' },
  'PATCH /api/v1/webhooks/:webhookId': { people: 'workspace:write' },
  'DELETE /api/v1/webhooks/:webhookId': { people: 'workspace:write' },
  'POST /api/v1/webhooks/:webhookId/secret': { people: 'workspace:write' },
  'POST /api/v1/webhooks/:webhookId/test': { people: 'workspace:write' },

  'GET /api/v1/catalogue': toRead,
  'GET /api/v1/catalogue/events': toRead,
  'POST /api/v1/accounts/query': toRead,
  'POST /api/v1/accounts/count': toRead,
  'POST /api/v1/accounts/export': toRead,
  'GET /api/v1/accounts/:accountId': toRead,
  'GET /api/v1/accounts/:accountId/explanation': toRead,
  'GET /api/v1/accounts/:accountId/changes': toRead,
  'GET /api/v1/accounts/:accountId/series': toRead,
  'GET /api/v1/accounts/:accountId/moves': toRead,
  'GET /api/v1/accounts/:accountId/segments': toRead,
  'GET /api/v1/accounts/:accountId/facts/:kind': toRead,
  'PATCH /api/v1/accounts/:accountId': { people: 'accounts:edit' },
  'PUT /api/v1/accounts/:accountId/pulse': { people: 'accounts:edit' },
  'PUT /api/v1/accounts/:accountId/tier': { people: 'accounts:edit' },
  'DELETE /api/v1/accounts/:accountId/tier': { people: 'accounts:edit' },
  'PUT /api/v1/accounts/:accountId/stage': { people: 'accounts:edit' },
  'DELETE /api/v1/accounts/:accountId/stage': { people: 'accounts:edit' },

  'GET /api/v1/bulk-actions': { people: 'accounts:edit' },
  'POST /api/v1/bulk-actions': { people: 'accounts:edit' },
  'GET /api/v1/bulk-actions/:actionId': { people: 'accounts:edit' },
  'POST /api/v1/bulk-actions/:actionId/cancel': { people: 'accounts:edit' },
  'POST /api/v1/bulk-actions/:actionId/undo': { people: 'accounts:edit' },
  'GET /api/v1/bulk-actions/:actionId/refused.csv': { people: 'accounts:edit' },

  'GET /api/v1/today': toRead,
  'GET /api/v1/alerts': toRead,
  'GET /api/v1/alerts/:accountId/:alertId': toRead,
  'POST /api/v1/alerts/actions': { people: 'alerts:triage' },
  'POST /api/v1/accounts/:accountId/touchpoints': { people: 'touchpoints:write' },
  'GET /api/v1/accounts/:accountId/touchpoints/:touchpointId': toRead,
  'PATCH /api/v1/accounts/:accountId/touchpoints/:touchpointId': { people: 'touchpoints:write' },
  'DELETE /api/v1/accounts/:accountId/touchpoints/:touchpointId': { people: 'touchpoints:write' },
  'POST /api/v1/accounts/:accountId/touchpoints/:touchpointId/restore': { people: 'touchpoints:write' },
  'GET /api/v1/touch-templates': { people: 'touchpoints:write' },
  'POST /api/v1/touch-templates': { people: 'touchpoints:write' },
  'PATCH /api/v1/touch-templates/:templateId': { people: 'touchpoints:write' },
  'DELETE /api/v1/touch-templates/:templateId': { people: 'touchpoints:write' },
  'GET /api/v1/accounts/:accountId/touch-templates': toRead,
  'POST /api/v1/accounts/:accountId/touch-templates/:templateId/render': { people: 'touchpoints:write' },
  'GET /api/v1/accounts/:accountId/plan': toRead,
  'PUT /api/v1/accounts/:accountId/plan': { people: 'accounts:edit' },
  'GET /api/v1/accounts/:accountId/followers': toRead,
  'PUT /api/v1/accounts/:accountId/followers/me': { people: 'accounts:read' },
  'DELETE /api/v1/accounts/:accountId/followers/me': { people: 'accounts:read' },
  'GET /api/v1/accounts/:accountId/people': toRead,
  'GET /api/v1/accounts/:accountId/alerts': toRead,
  'POST /api/v1/accounts/:accountId/alerts': { people: 'alerts:triage' },
  'GET /api/v1/accounts/:accountId/alert-events': toRead,
  'GET /api/v1/alert-rules': toRead,
  'POST /api/v1/alert-rules': { people: 'alerts:write' },
  'POST /api/v1/alert-rules/dry-run': { people: 'alerts:write' },
  'GET /api/v1/alert-rules/quality': toRead,
  'GET /api/v1/alert-rules/:ruleId': toRead,
  'PATCH /api/v1/alert-rules/:ruleId': { people: 'alerts:write' },
  'DELETE /api/v1/alert-rules/:ruleId': { people: 'alerts:write' },
  'POST /api/v1/alert-rules/:ruleId/copy': { people: 'alerts:write' },
  'POST /api/v1/alert-rules/:ruleId/release': { people: 'workspace:write' },
  'POST /api/v1/alert-rules/:ruleId/drop': { people: 'workspace:write' },

  'GET /api/v1/segments': toRead,
  'POST /api/v1/segments': { people: 'segments:write' },
  'POST /api/v1/segments/preview': toRead,
  'GET /api/v1/segments/:segmentId': toRead,
  'PATCH /api/v1/segments/:segmentId': { people: 'segments:write' },
  'DELETE /api/v1/segments/:segmentId': { people: 'segments:write' },
  'POST /api/v1/segments/:segmentId/copy': { people: 'segments:write' },
  'GET /api/v1/segments/:segmentId/members': toRead,
  'GET /api/v1/segments/:segmentId/why/:accountId': toRead,
  'GET /api/v1/segments/:segmentId/events': toRead,
  'GET /api/v1/segments/:segmentId/sizes': toRead,
  'GET /api/v1/segments/:segmentId/exclusions': toRead,
  'PUT /api/v1/segments/:segmentId/exclusions/:accountId': { people: 'segments:write' },
  'DELETE /api/v1/segments/:segmentId/exclusions/:accountId': { people: 'segments:write' },

  'GET /api/v1/views': { people: 'accounts:read' },
  'POST /api/v1/views': { people: 'accounts:read' },
  'GET /api/v1/first-steps': { people: 'workspace:write' },
  'PATCH /api/v1/first-steps': { people: 'workspace:write' },
  'PUT /api/v1/views/order': { people: 'accounts:read' },
  'PATCH /api/v1/views/:viewId': { people: 'accounts:read' },
  'DELETE /api/v1/views/:viewId': { people: 'accounts:read' },

  'POST /api/v1/facts/:kind': byIntake,
  'PUT /api/v1/facts/:kind': byIntake,
  'GET /api/v1/signals': { people: 'model:read' },
  'POST /api/v1/signals': { people: 'model:write' },
  'PATCH /api/v1/signals/:key': { people: 'model:write' },
  'GET /api/v1/tiers': { people: 'model:read' },
  'GET /api/v1/stages': { people: 'model:read' },
  'GET /api/v1/health-profiles': { people: 'model:read' },

  'GET /api/v1/sources': { people: 'imports:write' },
  'PATCH /api/v1/sources': { people: 'imports:write' },
  'POST /api/v1/owner-aliases': { people: 'imports:write' },

  'GET /api/v1/imports': ofFiles,
  'POST /api/v1/imports': ofFiles,
  'GET /api/v1/imports/:importId': ofFiles,
  'GET /api/v1/imports/:importId/preview': ofFiles,
  'PUT /api/v1/imports/:importId/mapping': ofFiles,
  'POST /api/v1/imports/:importId/dry-run': ofFiles,
  'POST /api/v1/imports/:importId/run': ofFiles,
  'POST /api/v1/imports/:importId/cancel': ofFiles,
  'GET /api/v1/imports/:importId/rejected.csv': ofFiles,
  'GET /api/v1/import-mappings': ofFiles,
  'DELETE /api/v1/import-mappings/:mappingId': ofFiles,
  'GET /api/v1/quarantine': { people: 'facts:write' },
  'POST /api/v1/quarantine/retry': { people: 'facts:write' },
  'POST /api/v1/quarantine/discard': { people: 'facts:write' },
  ...Object.fromEntries(
    ['identify', 'group', 'track', 'batch'].flatMap((call) => [
      [`POST /api/v1/${call}`, byIntake],
      [`POST /v1/${call}`, byIntake],
    ]),
  ),
};

export const routeName = (route: DeclaredRoute): string => `${route.method} ${route.path}`;

export function routesOf(server: ApiServer): DeclaredRoute[] {
  return declaredRoutes(server.app.get(DiscoveryService, { strict: false }), new MetadataScanner());
}
