import type { ForecastCategory } from '@steward/shared/renewals';
import classes from './renewal.module.css';
import { CATEGORY_WORDS } from './renewal-words.js';

/** The colour of a category, as a CSS value. */
export const categoryColor = (category: ForecastCategory): string => {
  const colors: Record<ForecastCategory, string> = {
    commit: 'var(--band-healthy)',
    likely: 'var(--accent)',
    atRisk: 'var(--band-watch)',
    lost: 'var(--band-at-risk)',
  };
  return colors[category];
};

const SHAPES: Record<ForecastCategory, React.ReactNode> = {
  commit: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  likely: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M6 1.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor" />
    </>
  ),
  atRisk: <path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor" />,
  lost: <path d="M2.2 2.2l7.6 7.6M9.8 2.2 2.2 9.8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
};

/** Word, shape and colour of a forecast; quiet where nobody has said it. */
export function CategoryMark({ category, quiet = false }: { category: ForecastCategory; quiet?: boolean }) {
  return (
    <span className={classes.category} data-quiet={quiet || undefined}>
      <svg
        width={11}
        height={11}
        viewBox="0 0 12 12"
        aria-hidden
        focusable="false"
        style={{ color: categoryColor(category) }}
      >
        {SHAPES[category]}
      </svg>
      {CATEGORY_WORDS[category]}
    </span>
  );
}
