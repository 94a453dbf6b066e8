/** Numbers over time, for the eye; the page shows the same numbers in a table for everybody. The drawing library is loaded on first use. */
import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import { CHART_HEIGHT, type LineChartProps } from './line-chart-props.js';

const Drawing = lazy(() => import('./line-chart-drawing.js'));

export function LineChart(props: LineChartProps) {
  return (
    <div role="img" aria-label={props.label} style={{ height: CHART_HEIGHT }}>
      <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
        <Drawing {...props} />
      </Suspense>
    </div>
  );
}
