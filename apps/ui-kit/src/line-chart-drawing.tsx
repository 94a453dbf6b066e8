/** Draws the lines of `LineChart`. A module of its own because of what it weighs. */
import { useMantineTheme } from '@mantine/core';
import { CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { CHART_HEIGHT, type LineChartProps } from './line-chart-props.js';

const COLORS = ['indigo', 'teal', 'orange'] as const;

export default function LineChartDrawing({ points, lines }: LineChartProps) {
  const { colors } = useMantineTheme();
  const rows = points.map(({ name, values }) => ({ name, ...Object.fromEntries(values.entries()) }));
  const text = { fill: 'var(--mantine-color-text)', fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <LineChart data={rows} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid strokeDasharray="3 3" stroke="var(--mantine-color-default-border)" />
        <XAxis dataKey="name" tick={text} minTickGap={24} />
        <YAxis tick={text} width={48} allowDecimals={false} />
        <Tooltip
          contentStyle={{ background: 'var(--mantine-color-body)', borderColor: 'var(--mantine-color-default-border)' }}
        />
        <Legend
          itemSorter={null}
          wrapperStyle={{ fontSize: 13 }}
          formatter={(name: string) => <span style={{ color: 'var(--mantine-color-text)' }}>{name}</span>}
        />
        {lines.map((line, index) => (
          <Line
            key={line}
            type="monotone"
            dataKey={index}
            name={line}
            stroke={colors[COLORS[index % COLORS.length]!][5]}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
