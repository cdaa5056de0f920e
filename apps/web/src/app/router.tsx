import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseSearchText, pick, searchTextOf } from '../lib/search-text.js';
import { ErrorPage, NotFoundPage } from './error-page.js';
import { healthRoutes } from './health-routes.js';
import { managerRoutes } from './manager-routes.js';
import { PageSkeleton } from './page-skeleton.js';
import { reportRoutes } from './report-routes.js';
import { rootRoute, shellRoute } from './shell-route.js';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['from']),
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.js'), 'SignInPage'),
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['scope', 'steps']),
  component: lazyRouteComponent(() => import('../features/today/today-page.js'), 'TodayPage'),
});

const ACCOUNT_LIST_KEYS = [
  'text',
  'band',
  'tier',
  'stage',
  'status',
  'owner',
  'arr',
  'renewal',
  'more',
  'parts',
  'sort',
  'columns',
  'view',
  'segment',
  'edited',
  'peek',
] as const;

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts',
  validateSearch: (search: Record<string, unknown>) => pick(search, ACCOUNT_LIST_KEYS),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/accounts/accounts-page.js'), 'AccountsPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts/$accountId',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, ['tab', 'kinds', 'text', 'from', 'to', 'range', 'chart', 'list', 'goal']),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/account/account-page.js'), 'AccountPage'),
});

const briefRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts/$accountId/brief',
  component: lazyRouteComponent(() => import('../features/account/brief-page.js'), 'BriefPage'),
});

const segmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['text', 'show']),
  component: lazyRouteComponent(() => import('../features/segments/segments-page.js'), 'SegmentsPage'),
});
const segmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/$segmentId',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['tab', 'sort', 'peek', 'kind', 'from', 'range']),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/segments/segment-page.js'), 'SegmentPage'),
});

const newSegmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/new',
  component: lazyRouteComponent(() => import('../features/segments/segment-editor-page.js'), 'NewSegmentPage'),
});
const editSegmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments/$segmentId/edit',
  component: lazyRouteComponent(() => import('../features/segments/segment-editor-page.js'), 'EditSegmentPage'),
});

const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, ['scope', 'state', 'kind', 'severity', 'text', 'from', 'open']),
  component: lazyRouteComponent(() => import('../features/alerts/alerts-page.js'), 'AlertsPage'),
});
const alertRulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts/rules',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['text', 'kind']),
  component: lazyRouteComponent(() => import('../features/alerts/rules/rules-page.js'), 'RulesPage'),
});
const newAlertRuleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts/rules/new',
  component: lazyRouteComponent(() => import('../features/alerts/rules/rule-editor-page.js'), 'NewRulePage'),
});
const alertRuleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts/rules/$ruleId',
  component: lazyRouteComponent(() => import('../features/alerts/rules/rule-editor-page.js'), 'RulePage'),
});

const RENEWALS_KEYS = [
  'scope',
  'from',
  'to',
  'state',
  'category',
  'band',
  'tier',
  'owner',
  'missing',
  'text',
  'page',
] as const;
const DEALS_KEYS = ['show', 'scope', 'kind', 'owner', 'text', 'stage', 'from', 'to', 'page', 'open'] as const;

const renewalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/renewals',
  validateSearch: (search: Record<string, unknown>) => pick(search, RENEWALS_KEYS),
  component: lazyRouteComponent(() => import('../features/renewals/renewals-page.js'), 'RenewalsPage'),
});
const GOAL_SEARCH_KEYS = ['scope', 'kind', 'playbook', 'owner', 'text', 'status', 'sort', 'month', 'goal'] as const;
const goalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/goals',
  validateSearch: (search: Record<string, unknown>) => pick(search, GOAL_SEARCH_KEYS),
  component: lazyRouteComponent(() => import('../features/goals/goals-layout.js'), 'GoalsLayout'),
});
const goalBoardRoute = createRoute({
  getParentRoute: () => goalsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/goals/board-page.js'), 'BoardPage'),
});
const goalListRoute = createRoute({
  getParentRoute: () => goalsRoute,
  path: '/list',
  component: lazyRouteComponent(() => import('../features/goals/list-page.js'), 'ListPage'),
});
const goalCalendarRoute = createRoute({
  getParentRoute: () => goalsRoute,
  path: '/calendar',
  component: lazyRouteComponent(() => import('../features/goals/calendar-page.js'), 'CalendarPage'),
});
const playbooksRoute = createRoute({
  getParentRoute: () => goalsRoute,
  path: '/playbooks',
  component: lazyRouteComponent(() => import('../features/goals/playbooks/playbooks-page.js'), 'PlaybooksPage'),
});
const tasksRoute = createRoute({
  getParentRoute: () => goalsRoute,
  path: '/tasks',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['scope', 'show', 'who', 'text', 'from', 'open']),
  component: lazyRouteComponent(() => import('../features/tasks/tasks-page.js'), 'TasksPage'),
});
const newPlaybookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/goals/playbooks/new',
  component: lazyRouteComponent(() => import('../features/goals/playbooks/playbook-editor-page.js'), 'NewPlaybookPage'),
});
const playbookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/goals/playbooks/$playbookId',
  component: lazyRouteComponent(() => import('../features/goals/playbooks/playbook-editor-page.js'), 'PlaybookPage'),
});

const dealsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/renewals/deals',
  validateSearch: (search: Record<string, unknown>) => pick(search, DEALS_KEYS),
  component: lazyRouteComponent(() => import('../features/deals/deals-page.js'), 'DealsPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/data',
  component: lazyRouteComponent(() => import('../features/imports/data-layout.js'), 'DataLayout'),
});
const importsRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/imports/import-list-page.js'), 'ImportListPage'),
});
const quarantineRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/quarantine',
  component: lazyRouteComponent(() => import('../features/imports/quarantine-page.js'), 'QuarantinePage'),
});
const sourcesRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('../features/imports/sources-page.js'), 'SourcesPage'),
});
const newImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/data/import',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['id', 'step']),
  component: lazyRouteComponent(() => import('../features/imports/wizard/import-wizard-page.js'), 'ImportWizardPage'),
});
const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/data/imports/$importId',
  component: lazyRouteComponent(() => import('../features/imports/import-page.js'), 'ImportPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-layout.js'), 'SettingsLayout'),
});
const settingsHomeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/people' });
  },
});
const workspaceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/workspace',
  component: lazyRouteComponent(() => import('../features/settings/workspace-page.js'), 'WorkspacePage'),
});
const salesSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sales',
  component: lazyRouteComponent(() => import('../features/settings/sales-page.js'), 'SalesPage'),
});
const touchSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/touch',
  component: lazyRouteComponent(() => import('../features/settings/touch-page.js'), 'TouchPage'),
});
const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/settings/people-page.js'), 'PeoplePage'),
});
const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../features/settings/api-keys-page.js'), 'ApiKeysPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('../features/settings/audit-page.js'), 'AuditPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../features/settings/webhooks-page.js'), 'WebhooksPage'),
});
const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/notifications',
  component: lazyRouteComponent(() => import('../features/settings/notifications-page.js'), 'NotificationsPage'),
});
const reportsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('../features/settings/reports-page.js'), 'ReportsPage'),
});
const youRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/you',
  component: lazyRouteComponent(() => import('../features/settings/you-page.js'), 'YouPage'),
});

/** What leads nowhere keeps the rail, so that the way on is at hand. */
const nowhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFoundPage });

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    accountsRoute,
    accountRoute,
    briefRoute,
    segmentsRoute,
    newSegmentRoute,
    segmentRoute,
    editSegmentRoute,
    alertsRoute,
    alertRulesRoute,
    newAlertRuleRoute,
    alertRuleRoute,
    renewalsRoute,
    dealsRoute,
    ...reportRoutes,
    goalsRoute.addChildren([goalBoardRoute, goalListRoute, goalCalendarRoute, tasksRoute, playbooksRoute]),
    newPlaybookRoute,
    playbookRoute,
    ...healthRoutes,
    ...managerRoutes,
    dataRoute.addChildren([importsRoute, quarantineRoute, sourcesRoute]),
    newImportRoute,
    importRoute,
    settingsRoute.addChildren([
      settingsHomeRoute,
      workspaceRoute,
      salesSettingsRoute,
      peopleRoute,
      touchSettingsRoute,
      apiKeysRoute,
      webhooksRoute,
      auditRoute,
      reportsRoute,
      notificationsRoute,
      youRoute,
    ]),
    nowhereRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: parseSearchText,
    stringifySearch: searchTextOf,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: PageSkeleton,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    /** The page tells how things stood on the day of `asOf` in its address; others tell of now whatever day is named. */
    looksBack?: true;
  }
}
