// When and where something was saved, in words.
interface Place {
  tier: string;
  encrypted: boolean;
}

/** @param savedAt Milliseconds since 1970; null, where nothing is saved, gives ''. */
export function savedText(savedAt: number | null | undefined, place?: Place | null): string {
  if (savedAt == null) return '';
  const time = new Date(savedAt).toLocaleString();
  return place ? `Saved ${time}, in this browser: ${placeText(place)}.` : `Saved ${time}.`;
}

export function placeText({ tier, encrypted }: Place): string {
  return `${tier}, ${encrypted ? 'encrypted' : 'not encrypted'}`;
}
