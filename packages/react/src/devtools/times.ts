/** Times as people read them. */
export const timeOfDay = (at: number): string => new Date(at).toLocaleTimeString();

/** `5 s`, `12 min`, `3 h`, `2 d`. @param ms Milliseconds. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
