/** What a line chart takes, for the frame and the drawing. */
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

/** Pixels. The frame is as tall as the drawing, so that nothing jumps when it arrives. */
export const CHART_HEIGHT = 260;
