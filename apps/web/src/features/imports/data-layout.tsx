import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { Permission } from '@steward/shared/permissions';
import { IconFileImport } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { PageTabs } from '../../components/ui/page-tabs.js';
import { useMe } from '../../lib/me.js';

const TABS = [
  { to: '/data', label: 'Imports', needs: 'imports:write' },
  { to: '/data/quarantine', label: 'Quarantine', needs: 'facts:write' },
  { to: '/data/sources', label: 'Sources', needs: 'imports:write' },
] as const satisfies readonly { to: string; label: string; needs: Permission }[];

export function DataLayout() {
  useDocumentTitle('Data · Steward');
  const { permissions } = useMe();
  if (!permissions.includes('imports:write')) {
    return (
      <EmptyState
        page
        title="Data is not open to your role"
        text="Ask an admin of the workspace to bring data in or to give you the role."
      />
    );
  }
  return (
    <>
      <PageHeader
        title="Data"
        actions={
          <Button component={Link} to="/data/import" leftSection={<IconFileImport size={14} aria-hidden />}>
            Import a file
          </Button>
        }
      />
      <PageTabs label="Data" tabs={TABS.filter((tab) => permissions.includes(tab.needs))}>
        <Outlet />
      </PageTabs>
    </>
  );
}
