/** Numbers over time, for the eye; the page shows the same numbers in a table for everybody. The drawing library is loaded on first use. */
import { Suspense, lazy } from 'react';
import { Skeleton } from '@mantine/core';

export interface LineChartProps {
  /** What is shown, for screen readers: it points to the table. */
  label: string;
  points: readonly ChartPoint[];
  /** Names of the lines, in the order of the points' values. */
  lines: readonly string[];
}

export interface ChartPoint {
  /** On the axis, for example a day. */
  name: string;
  values: readonly (number | null)[];
}

const Drawing = lazy(() => import('./line-chart-drawing.js'));

/** Tall as the drawing, so that nothing jumps when it arrives. */
export const CHART_HEIGHT = 260;

export function LineChart(props: LineChartProps) {
  return (
    <div role="img" aria-label={props.label} style={{ height: CHART_HEIGHT }}>
      <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
        <Drawing {...props} />
      </Suspense>
    </div>
  );
}
