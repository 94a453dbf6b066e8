// When and where something was saved, in words.
interface Place {
  tier: string;
  encrypted: boolean;
}

/** @param savedAt Milliseconds since 1970; null, where nothing is saved, gives ''. */
export function savedText(savedAt: number | null | undefined, place?: Place | null): string {
  if (savedAt == null) return '';
  const time = new Date(savedAt).toLocaleString();
  if (!place) return `Saved ${time}.`;
  return `Saved ${time}, in this browser: ${place.tier}, ${place.encrypted ? 'encrypted' : 'not encrypted'}.`;
}
