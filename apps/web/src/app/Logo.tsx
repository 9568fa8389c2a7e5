/** The mark: a path through skills that ends in a goal. */
export const Logo = () => (
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden>
    <rect width="32" height="32" rx="8" fill="#2f56b5" />
    <path
      d="M8 22 14 14 19 18 25 9"
      fill="none"
      stroke="#fff"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <circle cx="8" cy="22" r="2.6" fill="#fff" />
    <circle cx="14" cy="14" r="2.6" fill="#fff" />
    <circle cx="19" cy="18" r="2.6" fill="#fff" />
    <circle cx="25" cy="9" r="3.4" fill="#2f56b5" stroke="#fff" strokeWidth="2" />
  </svg>
);
