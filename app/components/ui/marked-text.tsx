/** Text in pieces, every second of which was looked for. */
export function MarkedText({ pieces }: { pieces: readonly string[] }) {
  return (
    <>
      {pieces.map((piece, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
          <mark key={at} className="rounded-xs bg-accent-soft text-inherit">
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </>
  );
}
