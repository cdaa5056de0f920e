import type { AccountRow } from '@steward/shared/accounts';
import type { GridApi, IRowNode } from 'ag-grid-community';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { atMostEvery } from '../../lib/at-most-every.js';
import { type LiveNews, onLive } from '../../lib/live.js';
import type { AccountQuestion } from './count-accounts.js';
import { queryAccounts } from './query-accounts.js';
import { onReloadLists } from './reload-lists.js';
import type { SortEntry } from './sort.js';

/** Rows that are asked for in one go; of more than these, those on screen. */
const MOST_ROWS = 200;
/** While all accounts are computed, rows on screen are asked for at most this often. */
const ALL_EVERY_MS = 2_000;

export interface LiveRows {
  /** Accounts that changed since the list was loaded: they may belong elsewhere in its order. */
  changed: number;
  /** Loads the list anew, where it was scrolled to. */
  refresh: () => void;
}

type Loaded = IRowNode<AccountRow> & { data: AccountRow };

/**
 * Rows that are loaded follow the server in place, without the list moving under the reader's eyes; how many changed is
 * counted, so that the reader may have the order renewed. The list is loaded anew by itself after the reader changed many
 * accounts, and where one is no longer theirs to see. A list of a past day stands still.
 */
export function useLiveRows(
  api: RefObject<GridApi<AccountRow> | null>,
  { question, sort }: { question: AccountQuestion; sort: readonly SortEntry[] },
): LiveRows {
  const { asOf } = question;
  const changed = useRef(new Set<string>());
  const [count, setCount] = useState(0);

  const begin = useCallback(() => {
    changed.current.clear();
    setCount(0);
  }, []);
  const refresh = useCallback(() => {
    begin();
    if (api.current && !api.current.isDestroyed()) api.current.refreshInfiniteCache();
  }, [api, begin]);

  useEffect(() => {
    if (asOf) return;
    const abort = new AbortController();
    const follow = async (news: LiveNews) => {
      const nodes = concerned(api.current, news);
      if (nodes.length === 0) return;
      const asked = nodes.map(({ data }) => data.id);
      const rows = await rowsOf(nodes, abort.signal);
      if (abort.signal.aborted) return;
      if (asked.some((id) => !rows.has(id))) {
        refresh();
        return;
      }
      for (const node of nodes) {
        // While the answer was under way the grid may have let go of the row.
        const row = node.data ? rows.get(node.data.id) : undefined;
        if (!row || JSON.stringify(row) === JSON.stringify(node.data)) continue;
        node.setData(row);
        changed.current.add(row.id);
      }
      setCount(changed.current.size);
    };
    // What cannot be loaded now is hinted at again, or seen with the next load of the list.
    // One after the other, so that no older answer overwrites a newer one.
    let last = Promise.resolve();
    const followQuietly = (news: LiveNews) => {
      last = last.then(() => follow(news)).catch(() => undefined);
    };
    const all = atMostEvery(ALL_EVERY_MS, () => followQuietly({ topic: 'accounts', ids: null }));
    const stop = onLive((news) => {
      if (news.topic !== 'accounts' && news.topic !== 'everything') return;
      if (news.ids === null) all.ask();
      else followQuietly(news);
    });
    return () => {
      abort.abort();
      all.stop();
      stop();
    };
  }, [api, asOf, refresh]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question or order loads the list anew
  useEffect(begin, [begin, question, sort]);
  useEffect(() => onReloadLists(refresh), [refresh]);
  return { changed: count, refresh };
}

function concerned(api: GridApi<AccountRow> | null, { ids }: LiveNews): Loaded[] {
  if (api === null || api.isDestroyed()) return [];
  const loaded: Loaded[] = [];
  const named = ids === null ? null : new Set(ids);
  const take = (node: IRowNode<AccountRow>) => {
    if (node.data && (named === null || named.has(node.data.id))) loaded.push(node as Loaded);
  };
  if (named === null) for (const node of api.getRenderedNodes()) take(node);
  else api.forEachNode(take);
  return loaded.slice(0, MOST_ROWS);
}

async function rowsOf(nodes: readonly Loaded[], signal: AbortSignal): Promise<Map<string, AccountRow>> {
  const value = nodes.map(({ data }) => data.externalId);
  const rule = { kind: 'compare', field: 'account.externalId', op: 'in', value } as const;
  const { rows } = await queryAccounts({ rule, limit: nodes.length }, signal);
  return new Map(rows.map((row) => [row.id, row]));
}
