import { Badge } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { formatDay } from '../../lib/days.js';

interface LeavingBadgeProps {
  account: {
    status: string;
    churnedOn: string | null;
    churnReason: string | null;
    leavesOn: string | null;
    noticeGivenOn: string | null;
  };
}

/** That the account is on its way out, or gone, beside its name. */
export function departureWords({ account }: LeavingBadgeProps): string | null {
  const { status, churnedOn, leavesOn, noticeGivenOn } = account;
  if (status === 'churned') return churnedOn ? `Churned on ${formatDay(churnedOn)}` : 'Churned';
  if (leavesOn) return `Leaving on ${formatDay(leavesOn)}`;
  return noticeGivenOn ? 'Leaving' : null;
}

export function LeavingBadge({ account }: LeavingBadgeProps) {
  const words = departureWords({ account });
  if (words === null) return null;
  const why =
    account.status === 'churned'
      ? account.churnReason
      : account.noticeGivenOn && `Notice given on ${formatDay(account.noticeGivenOn)}`;
  return (
    <Badge
      title={why ?? undefined}
      leftSection={<IconDoorExit size={12} aria-hidden />}
      styles={{ root: { borderColor: 'currentColor', color: 'var(--bad)' } }}
    >
      {words}
    </Badge>
  );
}
