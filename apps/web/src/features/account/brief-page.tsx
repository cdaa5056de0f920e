import { Button, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { Brief } from '@steward/shared/brief';
import { IconPrinter } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { request } from '../../lib/api.js';
import classes from './brief.module.css';
import { BriefSheet } from './brief-sheet.js';

const route = getRouteApi('/shell/accounts/$accountId/brief');

/** GET /accounts/:id/brief */
const briefQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'brief'],
    queryFn: ({ signal }) => request<Brief>('GET', `/accounts/${accountId}/brief`, { signal }),
  });

/** One printable page for a call or a business review. */
export function BriefPage() {
  const { accountId } = route.useParams();
  const { data, error, refetch } = useQuery(briefQuery(accountId));
  useDocumentTitle(data ? `Brief of ${data.account.name} · Steward` : 'Brief · Steward');
  if (error) {
    return (
      <LoadFailed
        page
        title="The brief could not be made"
        error={error}
        gone={{ title: 'There is no such account', text: 'It does not exist, or it is not in your book.' }}
        back={<Link to="/accounts">Back to accounts</Link>}
        onRetry={refetch}
      />
    );
  }
  return (
    <div className={classes.page}>
      <div className={classes.screenOnly}>
        <PageHeader
          title="Brief"
          aside={
            data ? (
              <Link to="/accounts/$accountId" params={{ accountId }} style={{ color: 'inherit' }}>
                {data.account.name}
              </Link>
            ) : null
          }
          actions={
            <Button
              leftSection={<IconPrinter size={14} aria-hidden />}
              disabled={data === undefined}
              onClick={() => window.print()}
            >
              Print
            </Button>
          }
        />
      </div>
      {data ? <BriefSheet brief={data} /> : <Skeleton h={600} m="lg" w="auto" />}
    </div>
  );
}
