import { useMemo } from 'react';
import { optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import type { GridContext } from './grid-context.js';

/** The context of a grid of accounts as of a day; the same object until something in it changes. */
export function useGridContext(asOf: string | undefined): GridContext {
  const { currency, today } = useMe().workspace;
  const catalogue = useCatalogue();
  return useMemo(
    () => ({
      currency,
      asOf: asOf ?? today,
      stageLabel: (stage) => optionLabel(catalogue, 'stage', stage),
      tierLabel: (tier) => optionLabel(catalogue, 'tier', tier),
    }),
    [currency, today, asOf, catalogue],
  );
}
