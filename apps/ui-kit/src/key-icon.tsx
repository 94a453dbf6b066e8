/** The product's mark: a key. Decorative. */
export function KeyIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      aria-hidden="true"
    >
      <circle cx="8" cy="15.5" r="4.5" />
      <path d="m11.4 12.1 8.1-8.1M16 7.5l3 3M13.4 10.1l1.8 1.8" strokeLinecap="round" />
    </svg>
  );
}
