/** Islands of Hạ Long along the foot of the front page's first band. Decoration only. */
export function KarstSkyline() {
  return (
    <svg
      viewBox="0 0 1440 190"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 bottom-0 h-28 w-full text-primary sm:h-40"
    >
      <g fill="currentColor" opacity="0.1">
        <path d="M0 190v-52c18-3 26-22 40-34 12-10 24-9 34 3 11 14 20 22 30 24 13-26 24-49 42-57 20-9 33 7 45 28 12 20 22 33 42 38 20 4 32 8 44 8 12-22 30-42 48-44 20-2 30 15 44 30 12 12 26 18 44 20V190z" />
        <path d="M880 190v-34c16-4 25-14 37-30 15-20 27-31 44-26 14 4 22 18 34 32 14-30 25-62 43-76 22-16 41 2 54 31 12 25 20 40 38 48 19-16 33-39 52-42 18-2 30 14 42 30 14-30 28-56 48-62 23-6 38 15 53 40 13 22 26 33 45 38 24-24 38-40 70-41V190z" />
      </g>
      <g fill="currentColor" opacity="0.14">
        <path d="M120 190c8-24 17-58 37-66 18-7 28 9 39 25 12 18 22 27 42 41z" />
        <path d="M1130 190c10-22 16-62 41-70 20-6 31 12 43 31 11 17 21 27 44 39z" />
        <path d="M1290 190c8-14 18-34 34-38 16-3 26 10 37 21 8 8 16 12 30 17z" />
      </g>
      <path d="M0 178h560M620 178h420M1100 178h340" stroke="currentColor" strokeWidth="3" opacity="0.18" />
    </svg>
  );
}
