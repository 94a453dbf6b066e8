// A long name with one slip in it: `acess_token`, `worker_credentails`. Short names are left alone; too many words are near each other.

const meant = [
  'workertoken',
  'workercredentials',
  'accesstoken',
  'refreshtoken',
  'bearertoken',
  'clientsecret',
  'credentials',
];

/** The name that was meant, as words, or null. */
export function meantBy(words: readonly string[]): string | null {
  const plain = words.join('');
  if (plain.length < 10) return null;
  const found = meant.find((name) => name !== plain && oneSlipApart(plain, name));
  return found?.replace(/(token|credentials|secret)$/, ' $1').trim() ?? null;
}

/** One letter missing, doubled, wrong, or two swapped. */
function oneSlipApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const rest = (text: string, from: number) => text.slice(from);
  return (
    rest(left, at + 1) === rest(right, at + 1) ||
    rest(left, at + 1) === rest(right, at) ||
    rest(left, at) === rest(right, at + 1) ||
    (left[at] === right[at + 1] && left[at + 1] === right[at] && rest(left, at + 2) === rest(right, at + 2))
  );
}
