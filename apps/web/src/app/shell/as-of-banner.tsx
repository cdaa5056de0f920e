import { UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { getRouteApi, useMatches, useNavigate } from '@tanstack/react-router';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import classes from './shell.module.css';

const route = getRouteApi('/shell');

/** The day that one looks back to. It stays in the address on pages that cannot, which say so. */
export function AsOfBanner() {
  const { asOf } = route.useSearch();
  const { workspace } = useMe();
  const navigate = useNavigate();
  const looksBack = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.looksBack) });
  if (asOf === undefined || asOf === workspace.today) return null;
  const day = (
    <>
      <strong>{formatDay(asOf)}</strong> ({relativeDay(asOf, workspace.today)})
    </>
  );
  return (
    <div className={classes.banner} role="status">
      <IconHistory size={15} aria-hidden />
      <span>
        {looksBack ? (
          <>As it stood on {day}. Nothing can be changed in the past.</>
        ) : (
          <>This page tells of today. Accounts and reports are looked at as they stood on {day}.</>
        )}
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
