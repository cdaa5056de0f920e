import { useDocumentTitle } from '@mantine/hooks';
import type { Permission } from '@steward/shared/permissions';
import { Outlet, useLocation } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { PageTabs } from '../../components/ui/page-tabs.js';
import { useMe } from '../../lib/me.js';

const TABS = [
  { to: '/settings/workspace', label: 'Workspace', needs: 'model:read' },
  { to: '/settings/sales', label: 'Deals and renewals', needs: 'model:read' },
  { to: '/settings/touch', label: 'Touches and pulse', needs: 'accounts:read' },
  { to: '/settings/people', label: 'People', needs: 'accounts:read' },
  { to: '/settings/api-keys', label: 'API keys', needs: 'api-keys:write' },
  { to: '/settings/webhooks', label: 'Webhooks and mail', needs: 'workspace:write' },
  { to: '/settings/audit', label: 'Audit log', needs: 'audit:read' },
  { to: '/settings/reports', label: 'Reports by mail', needs: 'reports:read' },
  { to: '/settings/notifications', label: 'Notifications', needs: 'accounts:read' },
  { to: '/settings/you', label: 'You', needs: 'accounts:read' },
] as const satisfies readonly { to: string; label: string; needs: Permission }[];

export function SettingsLayout() {
  useDocumentTitle('Settings · Steward');
  const { permissions } = useMe();
  const pathname = useLocation({ select: (location) => location.pathname });
  const tab = TABS.find(({ to }) => to === pathname);
  const isClosed = tab !== undefined && !permissions.includes(tab.needs);
  return (
    <>
      <PageHeader title="Settings" />
      <PageTabs label="Settings" tabs={TABS.filter((tab) => permissions.includes(tab.needs))}>
        {isClosed ? (
          <EmptyState title={`${tab.label}: not open to your role`} text="Ask an admin of the workspace." />
        ) : (
          <Outlet />
        )}
      </PageTabs>
    </>
  );
}
