import { UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import classes from './shell.module.css';

const route = getRouteApi('/shell');

export function AsOfBanner() {
  const { asOf } = route.useSearch();
  const { workspace } = useMe();
  const navigate = useNavigate();
  if (asOf === undefined || asOf === workspace.today) return null;
  return (
    <div className={classes.banner} role="status">
      <IconHistory size={15} aria-hidden />
      <span>
        As it stood on <strong>{formatDay(asOf)}</strong> ({relativeDay(asOf, workspace.today)}). Nothing can be changed
        in the past.
      </span>
      <UnstyledButton
        className={classes.bannerAction}
        onClick={() => void navigate({ to: '.', search: (search) => ({ ...search, asOf: undefined }) })}
      >
        Back to today
      </UnstyledButton>
    </div>
  );
}
