import {
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  type Module,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
} from 'ag-grid-community';

/** Only what the grids use; everything else of the library stays out of the bundle. */
export const GRID_MODULES: Module[] = [
  InfiniteRowModelModule,
  RowSelectionModule,
  RowApiModule,
  RenderApiModule,
  ColumnApiModule,
  ScrollApiModule,
  EventApiModule,
  CellStyleModule,
];
