import { themeQuartz } from 'ag-grid-community';

/** The grid wears the product's variables, so the colour scheme follows without a second theme. */
export const gridTheme = themeQuartz.withParams({
  backgroundColor: 'var(--surface-page)',
  foregroundColor: 'var(--text)',
  accentColor: 'var(--accent)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--surface-page)',
  headerBackgroundColor: 'var(--surface-page)',
  headerTextColor: 'var(--text-dim)',
  headerFontWeight: 500,
  headerFontSize: 12,
  headerHeight: 34,
  rowHeight: 38,
  rowHoverColor: 'var(--surface-hover)',
  selectedRowBackgroundColor: 'var(--accent-soft)',
  oddRowBackgroundColor: 'transparent',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  fontFamily: 'inherit',
  fontSize: 13,
  cellHorizontalPadding: 12,
  columnBorder: false,
  pinnedColumnBorder: { color: 'var(--line)' },
  rowBorder: { color: 'var(--line)' },
  browserColorScheme: 'inherit',
  headerColumnResizeHandleColor: 'transparent',
});
